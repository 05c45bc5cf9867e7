import { TokenError } from "../ims/token-source.ts";
import type { Outcome, SettledOutcome } from "../operation/outcome.ts";
import { readBudgets } from "../pacing/budget.ts";
import { endRequest, takeSlot } from "../pacing/lane.ts";
import { LaneSession } from "../pacing/lane-session.ts";
import type { LaneStore } from "../pacing/lane-store.ts";
import { isUsableName, oneUser } from "../reads/requests.ts";
import { parseUser } from "../reads/user.ts";
import { endOf, judge } from "../reads/verdict.ts";
import type { UserName } from "../umapi/client.ts";
import type { SenderServices } from "./sender.ts";

export interface ConfirmationServices
  extends Pick<SenderServices, "clock" | "random" | "requestId" | "tokens" | "umapi"> {
  /** The lane of the `users` API. */
  readonly lanes: LaneStore;
}

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

  /** Whether Adobe knows the user. */
  async #read(name: UserName): Promise<"found" | "missing" | "unavailable"> {
    if (!isUsableName(name.user)) return "unavailable";
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
      return takeSlot(state, readBudgets.users, { id, operations: [], until: now }, now);
    });
    if (slot.kind === "wait") return "unavailable";
    const verdict = judge(await umapi.read({ id, ...oneUser(name) }, access), parseUser);
    if (verdict.kind === "unauthorized") tokens.forget(access);
    await lane.update((state) => ({ lane: endRequest(state, id, endOf(verdict), true, clock.now(), random) }));
    if (verdict.kind === "read") return "found";
    return verdict.kind === "missing" ? "missing" : "unavailable";
  }
}
