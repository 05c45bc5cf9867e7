import { TokenError, type TokenSource } from "../ims/token-source.ts";
import type { Budget } from "../pacing/budget.ts";
import { blockAt, blockLane, endRequest, takeSlot } from "../pacing/lane.ts";
import { LaneSession } from "../pacing/lane-session.ts";
import type { LaneStore } from "../pacing/lane-store.ts";
import type { Clock } from "../time/clock.ts";
import type { Access } from "../umapi/access.ts";
import type { ReadRequest, UmapiClient } from "../umapi/client.ts";
import { ReadError, type ReadWaitReason } from "./read-error.ts";
import { endOf, judge, type Verdict } from "./verdict.ts";

/** The APIs that reads count against, each with a budget and a lane of its own. */
export type ReadApi = "users" | "groups";

export interface ReaderServices {
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly requestId: () => string;
  readonly tokens: TokenSource;
  readonly umapi: UmapiClient;
  readonly lanes: Readonly<Record<ReadApi, LaneStore>>;
  readonly budgets: Readonly<Record<ReadApi, Budget>>;
}

/** A wait before the next read goes out. */
export interface ReadWait {
  readonly api: ReadApi;
  /** Milliseconds since the epoch. */
  readonly until: number;
  readonly reason: ReadWaitReason;
}

export interface WaitOptions {
  /**
   * How long one page or one user may wait in all before it goes out, in milliseconds: for the budget, for the end of a
   * block (75 minutes have been seen) and between attempts. Beyond it the read fails with `wait-too-long`, without having
   * waited. @default - as long as it takes
   */
  readonly waitAtMostMs?: number;
  /** Ends a wait; the read then rejects with the signal's reason. @default - none */
  readonly signal?: AbortSignal;
  /** Told of each wait before it begins. @default - nobody is told */
  readonly onWait?: (wait: ReadWait) => void;
}

/** One read, and what makes a result of its answer. */
export interface Read<Result> {
  readonly api: ReadApi;
  readonly request: Omit<ReadRequest, "id">;
  /** The page of a listing, from 0. */
  readonly page?: number;
  /** Undefined if the JSON and headers of a 200 are not what they should be. */
  readonly parse: (json: unknown, headers: Headers) => Result | undefined;
}

type Settled<Result> = Extract<Verdict<Result>, { kind: "read" | "missing" }>;

/** Adobe's walkthrough. */
const maxAttempts = 4;
/** A slot that is used later than this after it was taken might count in a later window than was reckoned with. */
const staleSlotMs = 250;
/** As often a stale slot is exchanged; where the lane's store is slow each time, Adobe's own 429 has to do. */
const maxExchanges = 4;

/** Sends reads within their lane's budget, waits out what is in the way, and repeats what failed by Adobe's fault. */
export class PacedReader {
  readonly #services: ReaderServices;

  constructor(services: ReaderServices) {
    this.#services = services;
  }

  /** @throws ReadError */
  async read<Result>(read: Read<Result>, options: WaitOptions): Promise<Settled<Result>> {
    const { clock, lanes } = this.#services;
    const lane = await LaneSession.open(lanes[read.api]);
    const waitsUntil = clock.now() + (options.waitAtMostMs ?? Number.POSITIVE_INFINITY);
    let attempts = 0;
    let hasRenewed = false;
    for (;;) {
      const verdict = await this.#attempt(read, lane, waitsUntil, options);
      switch (verdict.kind) {
        case "read":
        case "missing":
          return verdict;
        case "throttled":
          break;
        case "adobe-unavailable":
          attempts++;
          if (attempts === maxAttempts) throw failed({ code: "adobe-unavailable", ...statusOf(verdict) }, read);
          break;
        case "unauthorized":
          // The key may have been rotated: the secret is read once more before the credential is blamed.
          if (hasRenewed) {
            await this.#block(lane, { kind: "credentials-refused" });
            throw failed({ code: "credentials-refused", status: 401 }, read);
          }
          hasRenewed = true;
          break;
        case "credentials-refused":
        case "read-refused": {
          const { kind: code, ...rest } = verdict;
          throw failed({ code, ...rest }, read);
        }
      }
    }
  }

  /** The token first, the slot last, then at once. */
  async #attempt<Result>(
    read: Read<Result>,
    lane: LaneSession,
    waitsUntil: number,
    options: WaitOptions,
  ): Promise<Verdict<Result>> {
    const { clock, random, requestId, tokens, umapi } = this.#services;
    const id = requestId();
    for (;;) {
      // Before the token: where IMS or the credential failed, its block says when to try again.
      const block = blockAt(lane.lane, clock.now());
      if (block !== undefined) {
        await this.#wait({ api: read.api, ...block }, read, waitsUntil, options);
        continue;
      }
      const access = await this.#access(read, lane);
      if (access === undefined) return { kind: "adobe-unavailable" };
      const wait = await this.#takeSlot(read.api, id, lane);
      if (wait !== undefined) {
        await this.#wait(wait, read, waitsUntil, options);
        continue;
      }
      const verdict = judge(await umapi.read({ id, ...read.request }, access), read.parse);
      if (verdict.kind === "unauthorized") tokens.forget(access);
      await lane.update((state) => ({ lane: endRequest(state, id, endOf(verdict), true, clock.now(), random) }));
      return verdict;
    }
  }

  /** @returns undefined, with the lane blocked, if there is no token for no fault of the credential's */
  async #access(read: Read<unknown>, lane: LaneSession): Promise<Access | undefined> {
    try {
      return await this.#services.tokens.access();
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      if (error.kind === "refused") {
        await this.#block(lane, { kind: "credentials-refused" });
        throw failed({ code: "credentials-refused" }, read, error);
      }
      const { retryAfterMs } = error;
      await this.#block(lane, { kind: "adobe-unavailable", ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
      return undefined;
    }
  }

  /** @returns undefined once a slot is taken */
  async #takeSlot(api: ReadApi, id: string, lane: LaneSession): Promise<ReadWait | undefined> {
    const { clock, budgets } = this.#services;
    for (let exchanges = 0; ; exchanges++) {
      let now = clock.now();
      const slot = await lane.update((state) => {
        now = clock.now();
        return takeSlot(state, budgets[api], { id, operations: [], until: now }, now);
      });
      if (slot.kind === "wait") return { api, until: slot.until, reason: slot.reason };
      if (clock.now() - now <= staleSlotMs || exchanges === maxExchanges) return undefined;
    }
  }

  async #wait(wait: ReadWait, read: Read<unknown>, waitsUntil: number, options: WaitOptions): Promise<void> {
    const { clock } = this.#services;
    const { until, reason } = wait;
    if (until > waitsUntil) throw failed({ code: "wait-too-long", until, reason }, read);
    options.onWait?.(wait);
    await clock.sleep(Math.max(0, until - clock.now()), options.signal);
  }

  async #block(lane: LaneSession, failure: Parameters<typeof blockLane>[1]): Promise<void> {
    const { clock, random } = this.#services;
    await lane.update((state) => ({ lane: blockLane(state, failure, clock.now(), random) }));
  }
}

function failed(failure: ReadError["failure"], { page }: Read<unknown>, cause?: unknown): ReadError {
  return new ReadError(failure, { page, cause });
}

function statusOf({ status }: { readonly status?: number }): { status?: number } {
  return status === undefined ? {} : { status };
}
