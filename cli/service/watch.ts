import { callOf } from "../../client/call-of.ts";
import type { OperationsClient } from "../../client/operations-client.ts";
import { hasEnded, type SeenOperation } from "../../client/seen-operation.ts";
import type { Waiting } from "../../shared/api/operation.ts";
import type { Clock } from "../../shared/time/clock.ts";
import { collected, first } from "../items.ts";
import { waitingOf } from "../operations/operation.ts";

export interface Backlog {
  readonly queued: number;
  /** What the last of them waits for, or one before it, where it is said. */
  readonly waiting?: Waiting;
}

export interface Watcher {
  /** An operation has succeeded or failed. */
  finished(operation: SeenOperation): Promise<void>;
  /** So much waits now. */
  backlog(backlog: Backlog): void;
}

const pauseMs = 2000;
/** How far back to look for what was accepted and has finished between two looks. */
const newest = 200;

/** Tells of each operation that finishes from now on, once, and of how many are queued. Never ends. */
export async function watch(api: OperationsClient, clock: Clock, watcher: Watcher): Promise<never> {
  let queued = await queuedNow(api);
  let told = new Set((await newestOf(api)).filter(hasEnded).map(({ id }) => id));
  for (;;) {
    const waiting = await waitOfLast([...queued.values()], api);
    watcher.backlog({ queued: queued.size, ...(waiting === undefined ? {} : { waiting }) });
    await clock.sleep(pauseMs);
    const recent = (await newestOf(api)).filter(hasEnded);
    const now = await queuedNow(api);
    const finished = [...recent].reverse().filter(({ id }) => !told.has(id) && !queued.has(id));
    const gone = new Set([...queued.keys()].filter((id) => !now.has(id)));
    for (const call of new Set([...gone].reverse().map(callOf)))
      for await (const operation of api.list({ call })) {
        if (!gone.has(operation.id)) continue;
        if (hasEnded(operation)) finished.push(operation);
        // The listing of all lags behind by moments, that of a call does not.
        else now.set(operation.id, operation);
      }
    for (const operation of finished) await watcher.finished(operation);
    told = new Set([...recent, ...finished].map(({ id }) => id));
    queued = now;
  }
}

/** @param queued from new to old */
async function waitOfLast(queued: readonly SeenOperation[], api: OperationsClient): Promise<Waiting | undefined> {
  const [last] = queued;
  // Only of one operation is it told when it is expected.
  return (last === undefined ? undefined : (await api.operation(last.id))?.waiting) ?? waitingOf(queued);
}

async function queuedNow(api: OperationsClient): Promise<Map<string, SeenOperation>> {
  return new Map((await collected(api.list({ status: "queued" }))).map((operation) => [operation.id, operation]));
}

const newestOf = (api: OperationsClient) => collected(first(newest, api.list({})));
