import type { HiddenStore } from "../pacing/hidden-dynamo.ts";
import type { Lane } from "../pacing/lane.ts";
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

/** Stops a lane by hand, and lets it go on. Either may be done twice. */
export class LaneControl {
  readonly #services: LaneControlServices;

  constructor(services: LaneControlServices) {
    this.#services = services;
  }

  /** What is being sent is answered; nothing is sent after. @param by who asks for it */
  async pause(by: string | undefined): Promise<void> {
    const { clock, lanes, pauses, report } = this.#services;
    if ((await pauses.read()) === undefined) {
      await pauses.write({ since: clock.now(), ...(by === undefined ? {} : { by }) });
      report({ kind: "lane paused by hand" });
    }
    // Whoever has read that there was no pause finds the lane changed, and reads again. A repeat mends what a crash left.
    const session = await LaneSession.open(lanes);
    await session.update((lane) => ({ lane }));
  }

  /** Ends a pause, and the wait after an outage or a refused credential, which somebody may have mended. */
  async resume(): Promise<void> {
    const { clock, lanes, pauses, hidden, messages, bells, report } = this.#services;
    await pauses.clear();
    const session = await LaneSession.open(lanes);
    await session.update((lane) => ({ lane: withoutOwnBlock(lane) }));
    const { lane } = session;
    if (lane.block?.reason !== "throttled") {
      await messages.show((await hidden.read())?.handles ?? []);
      // What is due in the room may have no message beside it.
      await bells.ring(`resume#${clock.now()}`);
    }
    report({ kind: "lane resumed by hand" });
  }
}

/** What Adobe's own 429 says stands. */
function withoutOwnBlock(lane: Lane): Lane {
  if (lane.block?.reason === "throttled") return lane;
  const { block: _, ...free } = lane;
  return free;
}
