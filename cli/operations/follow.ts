import type { OperationView, Waiting } from "../../shared/api/operation.ts";
import { type FinalStatus, isFinal } from "../../shared/operation/status.ts";
import type { Clock } from "../../shared/time/clock.ts";
import { callOf, waitingOf } from "./operation.ts";
import type { OperationsApi } from "./operations-api.ts";

/** How far operations are: how many there are in all, and how many have each final status. */
export interface Standing extends Readonly<Record<FinalStatus, number>> {
  readonly total: number;
  /** What the last of them waits for, or one before it, where it is said. */
  readonly waiting?: Waiting;
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
): Promise<OperationView[]> {
  const wanted = new Set(ids);
  const seen = new Map<string, OperationView>();
  let open = [...new Set(ids.map(callOf))];
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)) {
    for (const call of open) {
      for await (const operation of api.list({ call })) if (wanted.has(operation.id)) seen.set(operation.id, operation);
    }
    const last = ids.findLast((id) => !isFinal(seen.get(id)?.status ?? "succeeded"));
    const waiting = last === undefined ? undefined : (await api.operation(last))?.waiting;
    onStanding(standingOf([...seen.values()], wanted.size, waiting));
    open = [...new Set(ids.filter((id) => !isFinal(seen.get(id)?.status ?? "queued")).map(callOf))];
    if (open.length === 0) return ids.flatMap((id) => seen.get(id) ?? []);
    await clock.sleep(pauseMs);
  }
}

/** @param ofLast what the last that is queued waits for: only of one operation is it told when it is expected */
function standingOf(operations: readonly OperationView[], total: number, ofLast: Waiting | undefined): Standing {
  const count = (status: FinalStatus) => operations.filter((each) => each.status === status).length;
  const waiting = ofLast ?? waitingOf(operations);
  return {
    total,
    succeeded: count("succeeded"),
    failed: count("failed"),
    canceled: count("canceled"),
    ...(waiting === undefined ? {} : { waiting }),
  };
}
