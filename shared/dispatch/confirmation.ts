import { TokenError } from "../ims/token-source.ts";
import type { Budget } from "../pacing/budget.ts";
import { endRequest, takeSlot } from "../pacing/lane.ts";
import { LaneSession } from "../pacing/lane-session.ts";
import type { LaneStore } from "../pacing/lane-store.ts";
import type { UserName, UserReading } from "../umapi/client.ts";
import type { Outcome, SettledOutcome } from "./outcome.ts";
import type { SenderServices } from "./sender.ts";

export interface ConfirmationServices
  extends Pick<SenderServices, "clock" | "random" | "requestId" | "tokens" | "umapi"> {
  /** The lane of the `users` API. */
  readonly lanes: LaneStore;
}

/** UMAPI docs: reads of users per client. */
const usersBudget: Budget = { requests: 25, windowSeconds: 60 };

/** Settles what only a look at Adobe's users can: whether a rename of unknown fate has been applied. */
export class Confirmation {
  readonly #services: ConfirmationServices;

  constructor(services: ConfirmationServices) {
    this.#services = services;
  }

  /** Any other outcome than `renamed` is returned as it is. */
  async resolve(outcome: Outcome): Promise<SettledOutcome> {
    if (outcome.kind !== "renamed") return outcome;
    const reading = await this.#read(outcome.newName);
    if (reading === "found") return outcome.confirmed;
    return reading === "missing" ? outcome.refuted : outcome.unclear;
  }

  async #read(name: UserName): Promise<UserReading["kind"]> {
    const { clock, random, lanes, requestId, tokens, umapi } = this.#services;
    const lane = await LaneSession.open(lanes);
    const id = requestId();
    const access = await tokens.access().catch((error) => {
      if (error instanceof TokenError) return undefined;
      throw error;
    });
    if (access === undefined) return "unavailable";
    const slot = await lane.update((state) => {
      const now = clock.now();
      return takeSlot(state, usersBudget, { id, operations: [], until: now }, now);
    });
    if (slot.kind === "wait") return "unavailable";
    const reading = await umapi.readUser(name, access);
    const end =
      reading.kind === "unavailable"
        ? {
            kind: reading.reason,
            ...(reading.retryAfterMs === undefined ? {} : { retryAfterMs: reading.retryAfterMs }),
          }
        : ({ kind: "answered" } as const);
    await lane.update((state) => ({ lane: endRequest(state, id, end, true, clock.now(), random) }));
    return reading.kind;
  }
}
