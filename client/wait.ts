import type { Waiting } from "../shared/api/operation.ts";
import { callOf } from "./call-of.ts";
import { hasEnded, hasFailed, hasSucceeded, type SeenOperation } from "./seen-operation.ts";

/** How far operations are. */
export interface Standing {
  readonly total: number;
  readonly ended: number;
  /** Of those that have ended. */
  readonly succeeded: number;
  readonly failed: number;
  /** What the last of them waits for, or one before it, where it is said. */
  readonly waiting?: Waiting;
}

/** What is asked of the API while somebody waits. */
export interface Asked {
  call(call: string): AsyncIterable<SeenOperation>;
  operation(id: string): Promise<SeenOperation | undefined>;
  sleep(ms: number): Promise<void>;
}

const firstPauseMs = 500;
const longestPauseMs = 5000;

/**
 * Waits until none of the operations is queued any more, asking for them call by call.
 *
 * @param seen is filled with what is known of each, by id
 * @param onStanding is told how far they are each time they have been asked for
 */
export async function untilEnded(
  ids: readonly string[],
  asked: Asked,
  seen: Map<string, SeenOperation>,
  onStanding: (standing: Standing) => void,
): Promise<void> {
  const wanted = new Set(ids);
  let open = [...new Set(ids.map(callOf))];
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)) {
    for (const call of open) {
      for await (const operation of asked.call(call)) if (wanted.has(operation.id)) seen.set(operation.id, operation);
    }
    const last = ids.findLast((id) => {
      const operation = seen.get(id);
      return operation !== undefined && !hasEnded(operation);
    });
    const waiting = last === undefined ? undefined : (await asked.operation(last))?.waiting;
    onStanding(standingOf([...seen.values()], wanted.size, waiting));
    open = [...new Set(unfinishedOf(ids, seen).map(callOf))];
    if (open.length === 0) return;
    await asked.sleep(pauseMs);
  }
}

/** Those that are not known to have ended. */
export function unfinishedOf(ids: readonly string[], seen: ReadonlyMap<string, SeenOperation>): string[] {
  return ids.filter((id) => {
    const operation = seen.get(id);
    return operation === undefined || !hasEnded(operation);
  });
}

/** @param ofLast what the last that is queued waits for: only of one operation is it told when it is expected */
function standingOf(operations: readonly SeenOperation[], total: number, ofLast: Waiting | undefined): Standing {
  const waiting = ofLast ?? operations.find((each) => each.waiting !== undefined)?.waiting;
  return {
    total,
    ended: operations.filter(hasEnded).length,
    succeeded: operations.filter(hasSucceeded).length,
    failed: operations.filter(hasFailed).length,
    ...(waiting === undefined ? {} : { waiting }),
  };
}
