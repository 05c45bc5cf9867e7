import type { SeenOperation } from "../../client/seen-operation.ts";
import type { Detail } from "./details.ts";

type Failure = NonNullable<SeenOperation["error"]>;

export const notCertain: Detail = ["certain", "no: it may have been applied all the same"];

/** Everything known about an error. */
export function errorDetails(error: Failure): Detail[] {
  return [
    ["error", errorCode(error)],
    ["message", error.message],
    ...(error.hint === undefined ? [] : [["hint", error.hint] as const]),
    ...(error.certain ? [] : [notCertain]),
  ];
}

/** For example `error.group.not_found at step 1`. */
export function errorCode({ code, step }: Failure): string {
  return step === undefined ? code : `${code} at step ${step}`;
}
