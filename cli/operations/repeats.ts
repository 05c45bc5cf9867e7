import { callOf } from "../../client/call-of.ts";
import { isClientError } from "../../client/errors.ts";
import type { OperationsClient } from "../../client/operations-client.ts";
import type { SubmittedCall } from "../../client/options.ts";
import type { SeenOperation } from "../../client/seen-operation.ts";
import { collected } from "../items.ts";

/** Operations that had been submitted before, as they were found then; undefined where that could not be told. */
export type Repeats = ReadonlyMap<string, SeenOperation | undefined>;

/** What the service's clock may differ by from ours. */
const skewMs = 60_000;

/** Looks at the operations of calls that were repeats. @param startedAt when the first was sent, by our clock */
export async function repeatsAmong(
  calls: readonly SubmittedCall[],
  api: OperationsClient,
  startedAt: number,
): Promise<Repeats> {
  const repeats = new Map<string, SeenOperation | undefined>();
  for (const { ids, repeated } of calls) {
    if (repeated === false) continue;
    const found = await lookAt(ids, api);
    // One of our own tries may have been the first, if its answer was lost.
    if (repeated === "perhaps" && !ids.some((id) => isOlderThan(startedAt - skewMs, found.get(id)))) continue;
    for (const id of ids) repeats.set(id, found.get(id));
  }
  return repeats;
}

/** Whether an operation had succeeded before this run submitted it. */
export function isRepeated({ id, status }: SeenOperation, repeats: Repeats): boolean {
  return status === "succeeded" && repeats.has(id) && repeats.get(id)?.status !== "queued";
}

/**
 * Operations for programs: what became of them, or what is known of those that nobody waited for.
 *
 * @returns in order; what had been submitted before has `repeated`
 */
export function forPrograms(
  ids: readonly string[],
  operations: readonly SeenOperation[] | undefined,
  repeats: Repeats,
): readonly object[] {
  const shown = operations ?? ids.map((id) => repeats.get(id) ?? { id, status: "queued" });
  return shown.map((operation) => (repeats.has(operation.id) ? { ...operation, repeated: true } : operation));
}

/** It is but a courtesy: whoever cannot tell says nothing. */
async function lookAt(ids: readonly string[], api: OperationsClient): Promise<ReadonlyMap<string, SeenOperation>> {
  try {
    const [first = ""] = ids;
    return new Map((await collected(api.list({ call: callOf(first) }))).map((operation) => [operation.id, operation]));
  } catch (error) {
    if (isClientError(error)) return new Map();
    throw error;
  }
}

function isOlderThan(time: number, operation: SeenOperation | undefined): boolean {
  return operation !== undefined && Date.parse(operation.acceptedAt) < time;
}
