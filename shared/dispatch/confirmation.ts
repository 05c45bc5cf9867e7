import type { Outcome, SettledOutcome } from "../operation/outcome.ts";
import { readBudgets } from "../pacing/budget.ts";
import { Gate, type GateServices } from "../pacing/gate.ts";
import { LaneSession } from "../pacing/lane-session.ts";
import type { LaneStore } from "../pacing/lane-store.ts";
import { type AttemptServices, attemptRead } from "../reads/attempt.ts";
import { isUsableName, oneUser } from "../reads/requests.ts";
import { parseUser } from "../reads/user.ts";
import type { UserName } from "../umapi/client.ts";

export interface ConfirmationServices extends GateServices, AttemptServices {
  readonly requestId: () => string;
  /** The lane of the `users` API. */
  readonly lanes: LaneStore;
}

/** Finds out by a look at Adobe's users whether a rename of unknown fate has been applied. */
export class Confirmation {
  readonly #services: ConfirmationServices;
  readonly #gate: Gate;

  constructor(services: ConfirmationServices) {
    this.#services = services;
    this.#gate = new Gate(services, readBudgets.users);
  }

  /** Turns `renamed` into a settled outcome; any other outcome is returned as it is. */
  async resolve(outcome: Outcome): Promise<SettledOutcome> {
    if (outcome.kind !== "renamed") return outcome;
    const reading = await this.#read(outcome.newName);
    if (reading === "found") return outcome.confirmed;
    return reading === "missing" ? outcome.refuted : outcome.unclear;
  }

  /** Whether Adobe knows the user. */
  async #read(name: UserName): Promise<"found" | "missing" | "unavailable"> {
    if (!isUsableName(name.user)) return "unavailable";
    const { lanes, requestId } = this.#services;
    const lane = await LaneSession.open(lanes);
    const request = { id: requestId(), ...oneUser(name) };
    const { kind } = await attemptRead(this.#services, this.#gate, lane, request, parseUser);
    if (kind === "read") return "found";
    return kind === "missing" ? "missing" : "unavailable";
  }
}
