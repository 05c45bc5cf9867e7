import type { NetworkFault } from "../http/network-fault.ts";
import type { Budget } from "../pacing/budget.ts";
import { Gate, type GateServices } from "../pacing/gate.ts";
import { blockLane } from "../pacing/lane.ts";
import { LaneSession } from "../pacing/lane-session.ts";
import type { LaneStore } from "../pacing/lane-store.ts";
import type { ReadRequest } from "../umapi/client.ts";
import { type AttemptServices, attemptRead } from "./attempt.ts";
import { ReadError, type ReadWaitReason } from "./read-error.ts";
import type { ReadVerdict } from "./verdict.ts";

/** The APIs for reads. Each has its own budget and its own lane. */
export type ReadApi = "users" | "groups";

export interface ReaderServices extends GateServices, AttemptServices {
  readonly requestId: () => string;
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
   * How long one page or one user may wait in all, in milliseconds: for the budget, for the end of a block (75 minutes
   * have been seen) and between attempts. If it would wait longer, the read fails at once with `wait-too-long`.
   * @default - as long as needed
   */
  readonly waitAtMostMs?: number;
  /** Ends a wait; the read then rejects with the signal's reason. @default - none */
  readonly signal?: AbortSignal;
  /** Called before each wait. @default - nothing is called */
  readonly onWait?: (wait: ReadWait) => void;
}

/** One read, and how to get its result from the answer. */
export interface Read<Result> {
  readonly api: ReadApi;
  readonly request: Omit<ReadRequest, "id">;
  /** The page of a listing, from 0. */
  readonly page?: number;
  /** Returns undefined if the JSON or the headers of a 200 have an unexpected form. */
  readonly parse: (json: unknown, headers: Headers) => Result | undefined;
}

type Settled<Result> = Extract<ReadVerdict<Result>, { kind: "read" | "missing" }>;

/** As in Adobe's walkthrough. */
const maxAttempts = 4;

/**
 * Sends reads within their lane's budget, waits while the lane is blocked, and repeats reads that failed by Adobe's
 * fault.
 */
export class PacedReader {
  readonly #services: ReaderServices;
  readonly #gates: Readonly<Record<ReadApi, Gate>>;

  constructor(services: ReaderServices) {
    const { budgets } = services;
    this.#services = services;
    this.#gates = { users: new Gate(services, budgets.users), groups: new Gate(services, budgets.groups) };
  }

  /** @throws ReadError */
  async read<Result>(read: Read<Result>, options: WaitOptions): Promise<Settled<Result>> {
    const { clock, lanes, random } = this.#services;
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
          if (attempts === maxAttempts) throw failed({ code: "adobe-unavailable", ...detailsOf(verdict) }, read);
          break;
        case "unauthorized":
          // The credential may have been rotated, so the secret is read once more before the read fails.
          if (hasRenewed) {
            await lane.update((state) => ({
              lane: blockLane(state, { kind: "credentials-refused" }, clock.now(), random),
            }));
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

  async #attempt<Result>(
    read: Read<Result>,
    lane: LaneSession,
    waitsUntil: number,
    options: WaitOptions,
  ): Promise<ReadVerdict<Result>> {
    const { api, request, parse } = read;
    const id = this.#services.requestId();
    for (;;) {
      const attempt = await attemptRead(this.#services, this.#gates[api], lane, { id, ...request }, parse);
      switch (attempt.kind) {
        case "wait":
          await this.#wait({ api, until: attempt.until, reason: attempt.reason }, read, waitsUntil, options);
          break;
        case "no-token":
          if (attempt.error.kind === "unavailable") return { kind: "adobe-unavailable", ...detailsOf(attempt.error) };
          throw failed({ code: `credentials-${attempt.error.kind}` }, read, attempt.error);
        default:
          return attempt;
      }
    }
  }

  async #wait(wait: ReadWait, read: Read<unknown>, waitsUntil: number, options: WaitOptions): Promise<void> {
    const { clock } = this.#services;
    const { until, reason } = wait;
    if (until > waitsUntil) throw failed({ code: "wait-too-long", until, reason }, read);
    options.onWait?.(wait);
    await clock.sleep(Math.max(0, until - clock.now()), options.signal);
  }
}

function failed(failure: ReadError["failure"], { page }: Read<unknown>, cause?: unknown): ReadError {
  return new ReadError(failure, { page, cause });
}

/** What is known about a failure of Adobe's. */
function detailsOf({ status, fault }: { readonly status?: number; readonly fault?: NetworkFault | undefined }) {
  return { ...(status === undefined ? {} : { status }), ...(fault === undefined ? {} : { fault }) };
}
