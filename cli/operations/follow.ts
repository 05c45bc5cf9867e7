import { type FinalStatus, isFinal } from "../../shared/operation/status.ts";
import type { Clock } from "../../shared/time/clock.ts";
import { callOf, type Operation, waitingOf } from "./operation.ts";
import type { OperationsApi } from "./operations-api.ts";

/** How far operations are: how many there are in all, and how many have each final status. */
export interface Standing extends Readonly<Record<FinalStatus, number>> {
  readonly total: number;
  /** When the first of them was. ISO 8601. */
  readonly acceptedAt?: string;
  readonly waiting?: NonNullable<Operation["waiting"]>;
}

const firstPauseMs = 500;
const longestPauseMs = 5000;

/**
 * Waits until none of the operations is queued any more, asking for them call by call.
 *
 * @param onStanding told how far they are each time they have been asked for
 * @returns what became of each, in order
 */
export async function follow(
  api: OperationsApi,
  ids: readonly string[],
  clock: Clock,
  onStanding: (standing: Standing) => void,
): Promise<Operation[]> {
  const wanted = new Set(ids);
  const seen = new Map<string, Operation>();
  let open = [...new Set(ids.map(callOf))];
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)) {
    for (const call of open) {
      for await (const operation of api.list({ call })) if (wanted.has(operation.id)) seen.set(operation.id, operation);
    }
    onStanding(standingOf([...seen.values()], wanted.size));
    open = [...new Set(ids.filter((id) => !isFinal(seen.get(id)?.status ?? "queued")).map(callOf))];
    if (open.length === 0) return ids.flatMap((id) => seen.get(id) ?? []);
    await clock.sleep(pauseMs);
  }
}

function standingOf(operations: readonly Operation[], total: number): Standing {
  const count = (status: FinalStatus) => operations.filter((each) => each.status === status).length;
  const waiting = waitingOf(operations);
  const acceptedAt = operations[0]?.acceptedAt;
  return {
    total,
    succeeded: count("succeeded"),
    failed: count("failed"),
    ...(acceptedAt === undefined ? {} : { acceptedAt }),
    ...(waiting === undefined ? {} : { waiting }),
  };
}
