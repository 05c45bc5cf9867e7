import type { OperationId } from "../operation/operation.ts";
import type { Budget } from "../pacing/budget.ts";
import { Gate, type GateServices, type NoToken } from "../pacing/gate.ts";
import { closeRequest } from "../pacing/lane.ts";
import type { LaneSession } from "../pacing/lane-session.ts";
import type { PlannedRequest } from "../planning/plan.ts";
import type { Answer } from "../umapi/answer.ts";
import type { UmapiClient } from "../umapi/client.ts";
import type { Command } from "../umapi/command.ts";
import { type DispatchEvent, laneBlocked, type RequeueReason } from "./events.ts";
import type { Outgoing } from "./next-request.ts";
import { openMs } from "./open-time.ts";
import { longestSleepMs } from "./requeue.ts";
import { verdictOn } from "./verdict.ts";

export interface SenderSettings {
  readonly budget: Budget;
  readonly requestTimeoutSeconds: number;
}

export interface SenderServices extends GateServices {
  readonly requestId: () => string;
  readonly umapi: UmapiClient;
  readonly report: (event: DispatchEvent) => void;
}

export interface Answered {
  readonly kind: "answered";
  readonly requestId: string;
  readonly answer: Answer;
  /** Until when Adobe may still apply a request without an answer, in milliseconds since the epoch. */
  readonly openUntil: number;
}

/** Nothing was sent. The caller must wait until `until` (milliseconds since the epoch). */
export interface Wait {
  readonly kind: "wait";
  readonly until: number;
  readonly reason: RequeueReason;
}

/** The time that is left of the invocation after a request has timed out, to write down its result. */
export const requestMarginSeconds = 15;
/** The wait if another dispatcher works on the lane: everything must be read again. */
const overtakenPauseMs = 2000;

/** Sent in test mode, about no real user: any answer to it shows that Adobe answers. */
const probeCommand: Command = { usergroup: "umapi-workers probe", do: [{ add: { user: ["probe@example.com"] } }] };

/** Sends one action request through the lane's gate, and sleeps through waits of less than a second. */
export class Sender {
  readonly #services: SenderServices;
  readonly #gate: Gate;
  readonly #requestTimeoutSeconds: number;
  /** Whether the answer before was 401, and the request that was to repeat it had to wait. */
  #isRepeating = false;

  constructor(services: SenderServices, { budget, requestTimeoutSeconds }: SenderSettings) {
    this.#services = services;
    this.#gate = new Gate(services, budget);
    this.#requestTimeoutSeconds = requestTimeoutSeconds;
  }

  /** @param endsAt when the invocation will be killed, in milliseconds since the epoch */
  async send(next: Outgoing, lane: LaneSession, endsAt: number): Promise<Answered | Wait> {
    const first = await this.#attempt(next, lane, endsAt);
    if (first.kind === "wait") return first;
    const isRepeat = this.#isRepeating;
    this.#isRepeating = false;
    if (isRepeat || first.answer.kind !== "response" || first.answer.status !== 401) return first;
    // The credential may have been rotated, so the secret is read once more before the credential counts as refused.
    await lane.update((state) => ({ lane: closeRequest(state, first.requestId, this.#services.clock.now()) }));
    const second = await this.#attempt(next, lane, endsAt);
    this.#isRepeating = second.kind === "wait";
    return second;
  }

  async #attempt({ request, isUrgent }: Outgoing, lane: LaneSession, endsAt: number): Promise<Answered | Wait> {
    const { clock, requestId: newRequestId, tokens, umapi } = this.#services;
    const requestId = newRequestId();
    const { testOnly, slices } = request;
    const commands = slices.length === 0 ? [probeCommand] : slices.map(({ command }) => command);
    const timeoutMs = this.#requestTimeoutSeconds * 1000;
    const passage = {
      id: requestId,
      operations: operationsOf(request),
      openMs: openMs(this.#requestTimeoutSeconds),
      pace: isUrgent ? ("at-once" as const) : ("spaced" as const),
      veto: (now: number): Wait | undefined => {
        if (endsAt - now <= timeoutMs + requestMarginSeconds * 1000)
          return { kind: "wait", until: now, reason: "time" };
        if (lane.isOvertaken) return { kind: "wait", until: now + overtakenPauseMs, reason: "in-flight" };
        return undefined;
      },
    };
    for (;;) {
      const passed = await this.#gate.pass(lane, passage, async (access) => {
        const openUntil = clock.now() + passage.openMs;
        const answer = await umapi.act({ id: requestId, testOnly, commands }, access);
        // The next try reads the secret again, because it may have been corrected.
        if (verdictOn(answer).kind === "credentials-refused") tokens.forget(access);
        return { ...answer, openUntil };
      });
      if (passed.kind === "sent") {
        const { openUntil, ...answer } = passed.answer;
        return { kind: "answered", requestId, answer, openUntil };
      }
      if (passed.kind === "no-token") return this.#report(passed, lane);
      const leftMs = passed.until - clock.now();
      if (passed.reason === "time" || leftMs > longestSleepMs) return passed;
      await clock.sleep(Math.max(0, leftMs));
    }
  }

  #report({ error, block }: NoToken, { lane }: LaneSession): Wait {
    const { clock, report } = this.#services;
    const { message, awsError } = error;
    report({ kind: "no token", reason: message, ...(awsError === undefined ? {} : { awsError }) });
    const event = laneBlocked(lane, clock.now());
    if (event !== undefined) report(event);
    return { kind: "wait", ...block };
  }
}

function operationsOf({ slices }: PlannedRequest): OperationId[] {
  return slices.flatMap(({ parts }) => parts.map(({ operation }) => operation.id));
}
