import type * as z from "zod/mini";

/** A route of the API. */
export interface Route {
  readonly method: "GET" | "POST";
  /** With `{name}` for each path parameter. */
  readonly path: string;
  /** HTTP status and body of the answer when all is well. Any other is a problem. */
  readonly status: 200 | 202;
  readonly answer: z.ZodMiniType;
}
