import { TokenError, type TokenSource } from "../ims/token-source.ts";
import type { OperationId } from "../operation/operation.ts";
import type { Clock } from "../time/clock.ts";
import type { Access } from "../umapi/access.ts";
import type { Budget } from "./budget.ts";
import {
  type Block,
  blockAt,
  blockLane,
  closeRequest,
  type Lane,
  type LaneFailure,
  takeSlot,
  usualUseMs,
} from "./lane.ts";
import type { LaneSession } from "./lane-session.ts";
import type { Pace } from "./spacing.ts";

export interface GateServices {
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly tokens: TokenSource;
}

/** A request that is about to pass the gate. */
export interface Passage<Veto = never> {
  readonly id: string;
  /** The operations that must not be sent again while the fate of this request is open; empty for a read. */
  readonly operations: readonly OperationId[];
  /** How long the fate of the request stays open without an answer, in milliseconds after it took its slot. */
  readonly openMs: number;
  readonly pace: Pace;
  /**
   * Called when there is a slot; returns a reason not to take it at `now` (milliseconds since the epoch).
   *
   * @default - the slot is taken
   */
  readonly veto?: (now: number) => Veto | undefined;
}

/** Nothing was sent. The caller must wait until `until` (milliseconds since the epoch). */
export interface GateWait {
  readonly kind: "wait";
  readonly until: number;
  readonly reason: Block["reason"] | "budget";
}

/** Nothing was sent, because there is no token; the lane is blocked. */
export interface NoToken {
  readonly kind: "no-token";
  readonly error: TokenError;
  readonly block: Block;
}

/** What every answer on the wire has in common. */
type WireAnswer = { readonly kind: "response"; readonly status: number } | { readonly kind: "unsent" | "unanswered" };

/** Each further try allows the lane's store this many times as long. */
const slowerBy = 2;

/**
 * The only way for a request to Adobe. It gets the token first and the slot last, and sends at once, so that the lane's
 * budget holds.
 */
export class Gate {
  readonly #services: GateServices;
  readonly #budget: Budget;

  constructor(services: GateServices, budget: Budget) {
    this.#services = services;
    this.#budget = budget;
  }

  /**
   * Sends the request if the lane has a slot for it now. A token that Adobe answers with 401 is forgotten. The caller
   * closes the request, once it has written down what its answer means.
   */
  async pass<Answer extends WireAnswer, Veto extends { readonly kind: string } = never>(
    lane: LaneSession,
    passage: Passage<Veto>,
    send: (access: Access) => Promise<Answer>,
  ): Promise<{ readonly kind: "sent"; readonly answer: Answer } | GateWait | NoToken | Veto> {
    // The block is checked before the token is fetched: after a failure of IMS or of the credential it says when to ask
    // again.
    const block = blockAt(lane.lane, this.#services.clock.now());
    if (block !== undefined) return { kind: "wait", ...block };
    const access = await this.#access(lane);
    if ("kind" in access) return access;
    const refusal = await this.#takeSlot(lane, passage);
    if (refusal !== undefined) return refusal;
    const answer = await send(access);
    if (answer.kind === "response" && answer.status === 401) this.#services.tokens.forget(access);
    return { kind: "sent", answer };
  }

  async #access(lane: LaneSession): Promise<Access | NoToken> {
    const { clock, random, tokens } = this.#services;
    try {
      return await tokens.access();
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      const failure = tokenFailure(error);
      const { lane: blocked } = await lane.update((state) => ({
        lane: blockLane(state, failure, clock.now(), random),
      }));
      const now = clock.now();
      return { kind: "no-token", error, block: blockAt(blocked, now) ?? { until: now, reason: failure.kind } };
    }
  }

  /**
   * Takes a slot. If the store took longer to write it than the slot allows, the slot is exchanged for one that allows
   * more time.
   *
   * @returns undefined once a slot is taken, with the request remembered as in flight
   */
  async #takeSlot<Veto>(lane: LaneSession, passage: Passage<Veto>): Promise<GateWait | Veto | undefined> {
    const { clock } = this.#services;
    for (let usedWithinMs = usualUseMs; ; usedWithinMs *= slowerBy) {
      const { refusal, askedAt } = await this.#ask(lane, passage, usedWithinMs);
      if (refusal !== undefined) {
        if (usedWithinMs > usualUseMs)
          await lane.update((state) => ({ lane: closeRequest(state, passage.id, clock.now()) }));
        return refusal;
      }
      if (clock.now() - askedAt <= usedWithinMs) return undefined;
    }
  }

  async #ask<Veto>(lane: LaneSession, { id, operations, openMs, pace, veto }: Passage<Veto>, usedWithinMs: number) {
    const { clock } = this.#services;
    let askedAt = clock.now();
    let until = askedAt;
    const asked = await lane.update(
      (state): { readonly lane?: Lane; readonly refusal?: GateWait | Veto } => {
        askedAt = clock.now();
        until = askedAt + openMs;
        const slot = takeSlot(state, this.#budget, { id, operations, until, pace, usedWithinMs }, askedAt);
        if (slot.kind === "wait") return { refusal: slot };
        const refusal = veto?.(askedAt);
        return refusal === undefined ? { lane: slot.lane } : { refusal };
      },
      ({ inFlight }) => inFlight.some((entry) => entry.request === id && entry.until === until),
    );
    return { refusal: asked.refusal, askedAt };
  }
}

function tokenFailure({ kind, retryAfterMs }: TokenError): LaneFailure {
  if (kind === "refused") return { kind: "credentials-refused" };
  if (kind === "unreadable") return { kind: "credentials-unreadable" };
  return { kind: "adobe-unavailable", ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}
