import type { HiddenStore } from "../pacing/hidden-dynamo.ts";
import { blockAt, type Lane } from "../pacing/lane.ts";
import { LaneSession } from "../pacing/lane-session.ts";
import type { LaneStore } from "../pacing/lane-store.ts";
import type { PauseStore } from "../pacing/pause-dynamo.ts";
import type { BellQueue } from "../queue/bell-queue-sqs.ts";
import type { Clock } from "../time/clock.ts";
import type { HiddenMessages } from "./hidden-messages-sqs.ts";

export type LaneControlEvent = { readonly kind: "lane paused by hand" } | { readonly kind: "lane resumed by hand" };

export interface LaneControlServices {
  readonly clock: Clock;
  readonly lanes: LaneStore;
  readonly pauses: PauseStore;
  readonly hidden: HiddenStore;
  readonly messages: HiddenMessages;
  readonly bells: BellQueue;
  readonly report: (event: LaneControlEvent) => void;
}

/** Pauses and resumes a lane. Both may be repeated. */
export class LaneControl {
  readonly #services: LaneControlServices;

  constructor(services: LaneControlServices) {
    this.#services = services;
  }

  /**
   * Pauses the lane. A request in flight is still answered; nothing is sent after it. @param by the caller who pauses
   */
  async pause(by: string | undefined): Promise<void> {
    const { clock, lanes, pauses, report } = this.#services;
    if ((await pauses.read()) === undefined) {
      await pauses.write({ since: clock.now(), ...(by === undefined ? {} : { by }) });
      report({ kind: "lane paused by hand" });
    }
    // A dispatcher that has read no pause finds the lane changed, and reads again. After a crash in between, a repeated
    // pause completes this.
    const session = await LaneSession.open(lanes);
    await session.update((lane) => ({ lane }));
  }

  /** Ends a pause. It also ends the wait after an outage or a refused credential, whose cause may have been mended. */
  async resume(): Promise<void> {
    const { clock, lanes, pauses, hidden, messages, bells, report } = this.#services;
    await pauses.clear();
    const session = await LaneSession.open(lanes);
    await session.update((lane) => ({ lane: withoutOwnBlock(lane) }));
    // Adobe's own 429 still holds: dispatch hides the messages again, but only until the 429 ends.
    const kept = await hidden.read();
    await messages.show(kept?.handles ?? []);
    if (kept !== undefined) await hidden.forget(kept);
    const now = clock.now();
    // Work that is due in the room may have no message in the queue.
    if (blockAt(session.lane, now) === undefined) await bells.ring(`resume#${now}`);
    report({ kind: "lane resumed by hand" });
  }
}

/** The lane without its block, unless the block comes from Adobe's own 429. */
function withoutOwnBlock(lane: Lane): Lane {
  if (lane.block?.reason === "throttled") return lane;
  const { block: _, ...free } = lane;
  return free;
}
