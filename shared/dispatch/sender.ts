import { TokenError, type TokenSource } from "../ims/token-source.ts";
import type { OperationId } from "../operation/operation.ts";
import type { Budget } from "../pacing/budget.ts";
import { blockLane, endRequest, type LaneFailure, type SlotAnswer, takeSlot } from "../pacing/lane.ts";
import type { LaneSession } from "../pacing/lane-session.ts";
import type { PlannedRequest } from "../planning/plan.ts";
import type { Clock } from "../time/clock.ts";
import type { Access } from "../umapi/access.ts";
import type { Answer } from "../umapi/answer.ts";
import type { UmapiClient } from "../umapi/client.ts";
import { type DispatchEvent, laneBlocked, type RequeueReason } from "./events.ts";
import { longestSleepMs } from "./requeue.ts";

export interface SenderSettings {
  readonly budget: Budget;
  readonly requestTimeoutSeconds: number;
}

export interface SenderServices {
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly requestId: () => string;
  readonly tokens: TokenSource;
  readonly umapi: UmapiClient;
  readonly report: (event: DispatchEvent) => void;
}

export interface Answered {
  readonly kind: "answered";
  readonly requestId: string;
  readonly answer: Answer;
}

/** Nothing was sent, and nothing is to be before `until` (milliseconds since the epoch). */
export interface Wait {
  readonly kind: "wait";
  readonly until: number;
  readonly reason: RequeueReason;
}

type Slot = SlotAnswer | (Wait & { readonly lane?: never });

/** Left of the invocation when a request has timed out, to write down what became of it. */
const marginSeconds = 15;
/** After a request has timed out, Adobe may go on applying it for this long. */
const lateSeconds = 15;
/** A slot that is used later than this after it was taken might count in a later window than was reckoned with. */
const staleSlotMs = 250;

/** Another dispatcher is at work on the lane: what there is to send must be read anew. */
const overtakenPauseMs = 2000;

/** Sends one action request within the lane's budget: the token first, the slot last, then at once. */
export class Sender {
  readonly #services: SenderServices;
  readonly #settings: SenderSettings;

  constructor(services: SenderServices, settings: SenderSettings) {
    this.#services = services;
    this.#settings = settings;
  }

  /** @param endsAt when the invocation will be killed, in milliseconds since the epoch */
  async send(request: PlannedRequest, lane: LaneSession, endsAt: number): Promise<Answered | Wait> {
    const { clock, random } = this.#services;
    const access = await this.#access(lane);
    if ("kind" in access) return access;
    const first = await this.#attempt(request, access, lane, endsAt);
    if (first.kind === "wait" || first.answer.kind !== "response" || first.answer.status !== 401) return first;
    // The key may have been rotated: the secret is read once more before the credential is blamed.
    await lane.update((state) => ({
      lane: endRequest(state, first.requestId, { kind: "rejected" }, true, clock.now(), random),
    }));
    const renewed = await this.#access(lane);
    return "kind" in renewed ? renewed : await this.#attempt(request, renewed, lane, endsAt);
  }

  async #attempt(request: PlannedRequest, access: Access, lane: LaneSession, endsAt: number): Promise<Answered | Wait> {
    const requestId = this.#services.requestId();
    const operations = request.slices.flatMap(({ parts }) => parts.map(({ operation }) => operation.id));
    const wait = await this.#takeSlot(lane, requestId, operations, endsAt);
    if (wait !== undefined) return wait;
    const commands = request.slices.map(({ command }) => command);
    const answer = await this.#services.umapi.act({ id: requestId, testOnly: request.testOnly, commands }, access);
    if (answer.kind === "response" && answer.status === 401) this.#services.tokens.forget(access);
    return { kind: "answered", requestId, answer };
  }

  async #access(lane: LaneSession): Promise<Access | Wait> {
    const { clock, random, tokens, report } = this.#services;
    try {
      return await tokens.access();
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      const failure = tokenFailure(error);
      const { lane: blocked } = await lane.update((state) => ({
        lane: blockLane(state, failure, clock.now(), random),
      }));
      const until = blocked.block?.until ?? clock.now();
      report({ kind: "no token", reason: error.message });
      const event = laneBlocked(blocked, clock.now());
      if (event !== undefined) report(event);
      return { kind: "wait", until, reason: failure.kind };
    }
  }

  /** @returns undefined once a slot is taken, with the request remembered as in flight */
  async #takeSlot(
    lane: LaneSession,
    id: string,
    operations: readonly OperationId[],
    endsAt: number,
  ): Promise<Wait | undefined> {
    const { clock, random } = this.#services;
    const { budget, requestTimeoutSeconds } = this.#settings;
    let holdsStaleSlot = false;
    for (;;) {
      let now = clock.now();
      let until = now;
      const tooLate = endsAt - now <= (requestTimeoutSeconds + marginSeconds) * 1000;
      const slot: Slot = tooLate
        ? { kind: "wait", until: now, reason: "time" }
        : await lane.update(
            (state): Slot => {
              now = clock.now();
              until = now + (requestTimeoutSeconds + lateSeconds) * 1000;
              const answer = takeSlot(state, budget, { id, operations, until }, now);
              return answer.kind === "taken" && lane.isOvertaken
                ? { kind: "wait", until: now + overtakenPauseMs, reason: "in-flight" }
                : answer;
            },
            ({ inFlight }) => inFlight.some((entry) => entry.request === id && entry.until === until),
          );
      const passed = clock.now() - now;
      if (slot.kind === "taken") {
        if (passed <= staleSlotMs) return undefined;
        holdsStaleSlot = true;
      } else {
        const leftMs = slot.until - clock.now();
        if (slot.reason === "time" || leftMs > longestSleepMs) {
          if (holdsStaleSlot)
            await lane.update((state) => ({
              lane: endRequest(state, id, { kind: "rejected" }, true, clock.now(), random),
            }));
          return slot;
        }
        await clock.sleep(Math.max(0, leftMs));
      }
    }
  }
}

function tokenFailure({ kind, retryAfterMs }: TokenError): LaneFailure {
  if (kind === "refused") return { kind: "credentials-refused" };
  return { kind: "adobe-unavailable", ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}
