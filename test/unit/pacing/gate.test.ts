import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TokenError, TokenSource } from "../../../shared/ims/token-source.ts";
import { Gate } from "../../../shared/pacing/gate.ts";
import type { Lane } from "../../../shared/pacing/lane.ts";
import { LaneSession } from "../../../shared/pacing/lane-session.ts";
import type { StoredLane } from "../../../shared/pacing/lane-store.ts";
import { MemoryLaneStore } from "../../../shared/pacing/lane-store-memory.ts";
import { operationId } from "../../support/operations.ts";
import { runs } from "../../support/runs.ts";
import { SimulatedClock } from "../../support/simulated-clock.ts";

/** A store whose writes take their time. */
class SlowStore extends MemoryLaneStore {
  readonly #clock: SimulatedClock;
  readonly #writeMs: number;

  constructor(clock: SimulatedClock, writeMs: number) {
    super();
    this.#clock = clock;
    this.#writeMs = writeMs;
  }

  override async write(stored: StoredLane, lane: Lane): Promise<StoredLane | undefined> {
    await this.#clock.sleep(this.#writeMs);
    return await super.write(stored, lane);
  }
}

interface Options {
  readonly writeMs?: number;
  readonly requests?: number;
  /** Why there is no token. */
  readonly refusal?: TokenError;
}

class Entrance {
  readonly clock = new SimulatedClock();
  readonly store: MemoryLaneStore;
  readonly sentAt: number[] = [];
  readonly #gate: Gate;

  constructor({ writeMs = 0, requests = 1, refusal }: Options = {}) {
    this.store = new SlowStore(this.clock, writeMs);
    const credentials = { orgId: "1@AdobeOrg", clientId: "client", clientSecrets: ["secret"] as const };
    const tokens = new TokenSource(
      this.clock,
      async () => credentials,
      async () => {
        if (refusal !== undefined) throw refusal;
        return { token: "token", expiresInMs: 86_400_000 };
      },
    );
    this.#gate = new Gate({ clock: this.clock, random: () => 0, tokens }, { requests, windowSeconds: 60 });
  }

  async pass<Veto extends { readonly kind: string }>(id: string, veto?: (now: number) => Veto | undefined) {
    const lane = await LaneSession.open(this.store);
    const passage = { id, operations: [operationId("a")], openMs: 135_000, ...(veto === undefined ? {} : { veto }) };
    const passing = this.#gate.pass(lane, passage, async () => {
      this.sentAt.push(this.clock.now());
      return { kind: "response", status: 200 } as const;
    });
    await this.clock.advance(3_600_000);
    return await passing;
  }
}

describe("The gate", () => {
  test("counts a request from no earlier than Adobe got it, and lets it pass, however slow the table is", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 60_000 }), async (writeMs) => {
        const entrance = new Entrance({ writeMs });
        expect((await entrance.pass("one")).kind).toBe("sent");
        const [slot, ...others] = (await entrance.store.read()).lane.slots;
        expect(others).toEqual([]);
        const [sentAt = Number.NaN] = entrance.sentAt;
        // Within a second of its slot, and 0.2 s for the clocks.
        expect((slot?.countsFrom ?? 0) - sentAt).toBeGreaterThanOrEqual(950);
      }),
      { numRuns: runs(30) },
    );
  });

  test("remembers nothing as in flight where the request is vetoed, after a stale slot too", async () => {
    for (const writeMs of [0, 400, 3000]) {
      const entrance = new Entrance({ writeMs });
      let asked = 0;
      const veto = () => (++asked > 1 || writeMs === 0 ? ({ kind: "late" } as const) : undefined);
      expect(await entrance.pass("one", veto)).toEqual({ kind: "late" });
      expect((await entrance.store.read()).lane.inFlight).toEqual([]);
      expect(entrance.sentAt).toEqual([]);
    }
  });

  test("sends nothing without a token, and blocks the lane by whose fault that is", async () => {
    const refused = new Entrance({ refusal: new TokenError("refused", "no") });
    expect(await refused.pass("one")).toMatchObject({ kind: "no-token", block: { reason: "credentials-refused" } });
    const away = new Entrance({ refusal: new TokenError("unavailable", "no", { retryAfterMs: 38_000 }) });
    const start = away.clock.now();
    expect(await away.pass("one")).toMatchObject({
      kind: "no-token",
      block: { reason: "adobe-unavailable", until: start + 38_000 },
    });
    expect((await away.store.read()).lane.slots).toEqual([]);
  });
});
