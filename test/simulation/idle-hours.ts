import { queueName } from "./aws.ts";
import type { SimulatedWorld } from "./simulated-world.ts";

/** The sweeper runs this often, instead of every 15 minutes. */
const sweepEveryMs = 6 * 60 * 60 * 1000;
/** For so long everything runs after each skipped time. */
const busyMs = 5000;

/**
 * Lets time run, and skips the times in which nothing can be sent, because every message is hidden, or because the lane
 * is blocked and all work is in the waiting room.
 *
 * @param end milliseconds since the epoch
 */
export async function untilWithoutIdling(world: SimulatedWorld, end: number): Promise<void> {
  const { clock, queue, ledger } = world;
  let sweptAt = clock.now();
  while (clock.now() < end) {
    await clock.advance(busyMs);
    const isQueueEmpty = (await world.messages(queueName)) === 0;
    const until = Math.min(end, Math.max(queue.hiddenUntil, isQueueEmpty ? ledger.laneBlockedUntil : 0) - busyMs);
    if (until > clock.now()) await world.pass(Math.floor((until - clock.now()) / 1000));
    if (clock.now() - sweptAt < sweepEveryMs) continue;
    sweptAt = clock.now();
    await world.sweep();
  }
}
