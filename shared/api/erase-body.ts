import * as z from "zod/mini";
import { cursorSchema } from "./cursor.ts";

/** Erases what is kept of a person. */
export const eraseBodySchema = z.strictObject({
  /** Email or username. */
  user: z.string().check(z.minLength(1), z.maxLength(250)),
  /** That of the answer before, unchanged. */
  cursor: z.exactOptional(cursorSchema),
});
