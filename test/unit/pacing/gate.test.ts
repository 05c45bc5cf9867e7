import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TokenError, TokenSource } from "../../../shared/ims/token-source.ts";
import { Gate } from "../../../shared/pacing/gate.ts";
import { idleLane, type Lane, takeSlot } from "../../../shared/pacing/lane.ts";
import { LaneSession } from "../../../shared/pacing/lane-session.ts";
import type { StoredLane } from "../../../shared/pacing/lane-store.ts";
import { MemoryLaneStore } from "../../../shared/pacing/lane-store-memory.ts";
import type { Pace } from "../../../shared/pacing/spacing.ts";
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
    if (this.#writeMs > 0) await this.#clock.sleep(this.#writeMs);
    return await super.write(stored, lane);
  }
}

interface Options {
  readonly writeMs?: number;
  readonly requests?: number;
  /** Why there is no token. */
  readonly refusal?: Error;
  /** What Adobe answers. */
  readonly answer?: { readonly kind: "response"; readonly status: number } | { readonly kind: "unanswered" };
}

class Entrance {
  readonly clock = new SimulatedClock();
  readonly store: MemoryLaneStore;
  readonly sentAt: number[] = [];
  /** The tokens with which requests were sent. */
  readonly tokens: string[] = [];
  asked = 0;
  readonly #gate: Gate;
  readonly #answer: NonNullable<Options["answer"]>;

  constructor({ writeMs = 0, requests = 1, refusal, answer = { kind: "response", status: 200 } }: Options = {}) {
    this.store = new SlowStore(this.clock, writeMs);
    this.#answer = answer;
    const credentials = { orgId: "1@AdobeOrg", clientId: "client", clientSecrets: ["secret"] as const };
    const tokens = new TokenSource(
      this.clock,
      async () => credentials,
      async () => {
        this.asked++;
        if (refusal !== undefined) throw refusal;
        return { token: `token-${this.asked}`, expiresInMs: 86_400_000 };
      },
    );
    this.#gate = new Gate({ clock: this.clock, random: () => 0, tokens }, { requests, windowSeconds: 60 });
  }

  async pass<Veto extends { readonly kind: string }>(
    id: string,
    veto?: (now: number) => Veto | undefined,
    session?: LaneSession,
    pace: Pace = "at-once",
  ) {
    const lane = session ?? (await LaneSession.open(this.store));
    const rest = { openMs: 135_000, pace, ...(veto === undefined ? {} : { veto }) };
    const passage = { id, operations: [operationId("a")], ...rest };
    const passing = this.#gate.pass(lane, passage, async ({ token }) => {
      this.sentAt.push(this.clock.now());
      this.tokens.push(token);
      return this.#answer;
    });
    // A test may expect that it rejects, and only after the time has passed.
    passing.catch(() => undefined);
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

  test("blocks the lane if the secret cannot be read, and passes on an error that says nothing of the token", async () => {
    const unreadable = new Entrance({ refusal: new TokenError("unreadable", "no") });
    expect(await unreadable.pass("one")).toMatchObject({
      kind: "no-token",
      block: { reason: "credentials-unreadable" },
    });
    const away = new Entrance({ refusal: new TokenError("unavailable", "no") });
    expect(await away.pass("one")).toMatchObject({
      error: { kind: "unavailable" },
      block: { reason: "adobe-unavailable", until: away.clock.now() - 3_600_000 + 15_000 },
    });
    await expect(new Entrance({ refusal: new RangeError("bug") }).pass("one")).rejects.toThrow(RangeError);
  });

  test("asks for no token while the lane is blocked, and says until when it is", async () => {
    const entrance = new Entrance();
    const block = { reason: "throttled", until: entrance.clock.now() + 1 } as const;
    await entrance.store.write(await entrance.store.read(), { ...idleLane, block });
    expect(await entrance.pass("one")).toEqual({ kind: "wait", ...block });
    expect(entrance.asked).toBe(0);
    expect((await entrance.pass("one")).kind).toBe("sent");
  });

  test("says when the budget has a slot again", async () => {
    const entrance = new Entrance();
    const start = entrance.clock.now();
    const lane = { ...idleLane, slots: [{ request: "other", countsFrom: start + 5000 }] };
    await entrance.store.write(await entrance.store.read(), lane);
    expect(await entrance.pass("one")).toEqual({ kind: "wait", reason: "budget", until: start + 65_001 });
    expect((await entrance.store.read()).lane).toEqual(lane);
  });

  test.each([
    ["a 401", { kind: "response", status: 401 }, ["token-1", "token-2"]],
    ["a 403", { kind: "response", status: 403 }, ["token-1", "token-1"]],
    ["a 200", { kind: "response", status: 200 }, ["token-1", "token-1"]],
    ["no answer", { kind: "unanswered" }, ["token-1", "token-1"]],
  ] as const)("after %s sends the next request with the token %#", async (_, answer, tokens) => {
    const entrance = new Entrance({ answer, requests: 2 });
    expect(await entrance.pass("one")).toEqual({ kind: "sent", answer });
    await entrance.pass("two");
    expect(entrance.tokens).toEqual(tokens);
  });

  test.each([
    { writeMs: 250, allowed: 250 },
    { writeMs: 251, allowed: 500 },
    { writeMs: 500, allowed: 500 },
    { writeMs: 501, allowed: 1000 },
  ])(
    "exchanges a slot that came too late: a write of $writeMs ms gets one for $allowed ms",
    async ({ writeMs, allowed }) => {
      const entrance = new Entrance({ writeMs });
      await entrance.pass("one");
      const [sentAt = 0] = entrance.sentAt;
      expect((await entrance.store.read()).lane.slots).toEqual([
        { request: "one", countsFrom: sentAt - writeMs + allowed + 950 },
      ]);
    },
  );

  test("gives a stale slot back where the next one is refused: it counts from then, and not from later", async () => {
    const entrance = new Entrance({ writeMs: 400 });
    const start = entrance.clock.now();
    let asked = 0;
    await entrance.pass("one", () => (++asked > 1 ? ({ kind: "late" } as const) : undefined));
    const [slot] = (await entrance.store.read()).lane.slots;
    expect(slot).toEqual({ request: "one", countsFrom: start + 400 + 200 });
  });

  test("lets an urgent request pass where an ordinary one has to keep its distance", async () => {
    for (const [pace, kind] of [
      ["spaced", "wait"],
      ["at-once", "sent"],
    ] as const) {
      const entrance = new Entrance({ requests: 2 });
      const { lane } = await LaneSession.open(entrance.store);
      const now = entrance.clock.now();
      const before = { id: "before", operations: [], until: now, pace: "at-once" } as const;
      const taken = takeSlot(lane, { requests: 2, windowSeconds: 60 }, before, now).lane ?? lane;
      await entrance.store.write(await entrance.store.read(), taken);
      expect((await entrance.pass("one", undefined, undefined, pace)).kind).toBe(kind);
    }
  });

  test("leaves the lane as it is where the first slot is refused", async () => {
    const entrance = new Entrance();
    await entrance.pass("one", () => ({ kind: "late" }) as const);
    expect(await entrance.store.read()).toEqual({ lane: idleLane, revision: 0 });
  });

  test.each([
    { name: "its own from that of another", id: "one", openMs: 135_000, isOwn: true },
    { name: "that of another", id: "other", openMs: 135_000, isOwn: false },
    { name: "an earlier one of its own", id: "one", openMs: 134_000, isOwn: false },
  ])("knows the slot that it finds if the table's answer was lost: $name", async ({ id, openMs, isOwn }) => {
    const entrance = new Entrance({ requests: 3 });
    const now = entrance.clock.now();
    const lost = await LaneSession.open(entrance.store);
    // What is written while the session still holds what it read before.
    let lane: Lane = idleLane;
    for (const request of [
      { id: "before", operations: [operationId("b")], until: now + 135_000, pace: "at-once" },
      { id, operations: [], until: now + openMs, pace: "at-once" },
    ] as const)
      lane = takeSlot(lane, { requests: 3, windowSeconds: 60 }, request, now).lane ?? lane;
    await entrance.store.write(await entrance.store.read(), lane);
    expect((await entrance.pass("one", undefined, lost)).kind).toBe("sent");
    expect(lost.isOvertaken).toBe(!isOwn);
  });
});
