import { describe, expect, test } from "vitest";
import { calm } from "./chaos.ts";
import { credentials } from "./credentials.ts";
import { forge, listed, person, post, setRecord, sources, tell } from "./hr-system.ts";
import { sandboxUsers } from "./observations.ts";
import { Dice } from "./seeded-random.ts";
import type { ApiAnswer } from "./simulated-api.ts";
import { SimulatedWorld } from "./simulated-world.ts";

const hour = 3600;

/** What the HR system holds of somebody. */
interface Person {
  readonly id: string;
  /** Whether it is known by what webhooks say, and not by a record that is read. */
  readonly isTold: boolean;
  email: string;
  lastname: string;
  isThere: boolean;
}

/** HR systems whose people join, move, leave and return, and post it: repeated, late, out of order, among forged ones. */
class HrSystems {
  readonly people: readonly Person[];
  readonly #world: SimulatedWorld;
  readonly #dice: Dice;
  readonly #repeats: Promise<unknown>[] = [];
  #events = 0;

  constructor(world: SimulatedWorld, dice: Dice) {
    this.#world = world;
    this.#dice = dice;
    this.people = Array.from({ length: 6 }, (_, index) => ({
      id: String(index),
      isTold: index % 3 === 0,
      email: `p${index}@example.com`,
      lastname: "A",
      isThere: false,
    }));
  }

  /** Something happens to somebody, and is posted. */
  async happen(who: Person): Promise<void> {
    const change = who.isThere ? this.#dice.one(["move", "move", "rename", "leave"]) : "join";
    const before = who.email;
    if (change === "rename") who.email = `p${who.id}.${++this.#events}@example.com`;
    if (change !== "leave") who.lastname = `L${++this.#events}`;
    who.isThere = change !== "leave";
    if (who.isTold) await this.#tellAll(who, change, before);
    else await this.#tellOfRecord(who, change);
  }

  /** Nothing more is repeated. */
  async settle(): Promise<void> {
    await Promise.all(this.#repeats);
  }

  /** What webhooks say must come in order. Each may be repeated. */
  async #tellAll(who: Person, change: string, previousEmail: string): Promise<void> {
    const type = { join: "person.joined", leave: "person.left" }[change] ?? "person.changed";
    const { id, email, lastname } = who;
    const data = { id, email, firstname: "Ada", lastname, country: "US", previousEmail };
    const delivery = `msg_${++this.#events}`;
    await this.#until202(() => post(this.#world, { type, data }, delivery));
    if (this.#dice.chance(0.4)) this.#later(() => post(this.#world, { type, data }, delivery));
  }

  /** One or two events, which may overtake each other, and each other's repeats. */
  async #tellOfRecord(who: Person, change: string): Promise<void> {
    const { id, email, lastname, isThere } = who;
    await setRecord(this.#world, id, isThere ? person(lastname, email) : null);
    const type = { join: "created", leave: "deleted" }[change] ?? "updated";
    const stamp = this.#dice.one(["same", `at ${++this.#events}`]);
    await this.#until202(() => tell(this.#world, id, type, stamp));
    if (this.#dice.chance(0.5)) this.#later(() => tell(this.#world, id, "updated", stamp));
  }

  #later(send: () => Promise<ApiAnswer>): void {
    const { clock } = this.#world;
    const seconds = this.#dice.one([0, 1, 20, 400, 2 * hour]);
    this.#repeats.push(clock.sleep(seconds * 1000).then(() => this.#until202(send)));
  }

  /** As senders do. */
  async #until202(send: () => Promise<ApiAnswer>): Promise<void> {
    for (;;) {
      // 500: the function died.
      if (this.#dice.chance(0.1)) expect([401, 500]).toContain((await forge(this.#world)).status);
      if ((await send()).status === 202) return;
      await this.#world.clock.sleep(this.#dice.between(1, 60) * 1000);
    }
  }
}

const faults: readonly [object[], ...object[][]] = [
  [],
  [{ on: "record", status: 503, times: 3 }],
  [{ on: "record", status: 429, retryAfter: 120, times: 2 }],
  [{ on: "record", effect: "reset", times: 2 }],
  [{ on: "record", effect: "hang" }],
];

async function run(seed: number): Promise<{ readonly world: SimulatedWorld; readonly hr: HrSystems }> {
  const dice = new Dice(seed);
  const world = await SimulatedWorld.create({ seed, credentials, rate: { requests: 100, seconds: 60 }, sources });
  world.chaos.roughness = {
    ...{ death: dice.one([0, 0.005, 0.02]), abandonment: 0, stalling: 0, lateness: 0, duplication: 0, shortness: 0 },
    latencyMs: dice.one([0, 20, 500]),
  };
  world.skewMs = () => dice.between(-100, 100);
  const hr = new HrSystems(world, dice);
  const days = dice.chance(0.3) ? 1 : 0;
  const living = (async () => {
    for (let step = 0; step < 30; step++) {
      await world.sandbox("faults", dice.one(faults));
      const [first, ...others] = dice.some(hr.people, 0.3);
      if (first !== undefined) await Promise.all([first, ...others].map((who) => hr.happen(who)));
      await world.clock.sleep(dice.one([0, 500, 3000, 30_000, 400_000]));
    }
    if (days > 0) {
      await world.sandbox("faults", [{ on: "record", status: 503, times: 1_000_000 }]);
      for (const who of hr.people) await hr.happen(who);
      await world.clock.sleep(days * 24 * hour * 1000);
    }
    await hr.settle();
  })();
  await world.until(living);
  world.chaos.roughness = calm;
  await world.sandbox("faults", []);
  await world.clock.advance(2 * hour * 1000);
  await world.drain(6 * hour);
  return { world, hr };
}

/** `SEEDS=200` runs more of them. */
const { SEEDS: more = "6" } = process.env;

describe("In the end each person in Adobe is as the last record says", () => {
  test.each(Array.from({ length: Number(more) }, (_, index) => index + 1))("seed %d", async (seed) => {
    const { world, hr } = await run(seed);
    try {
      const wanted = hr.people.flatMap(({ email, lastname, isThere }) => (isThere ? [`${email} ${lastname}`] : []));
      const open = (await listed(world, "?limit=200")).filter(
        ({ status, reason }) =>
          // Who has come and gone while the HR system was down was never known.
          status === "queued" || (status === "failed" && reason?.message.includes("never mapped") !== true),
      );
      const thrown = world.queue.violations.filter((violation) => violation.includes("threw"));
      expect({ open, thrown }).toEqual({ open: [], thrown: [] });
      const people = (await sandboxUsers(world)).map(({ email, lastname }) => `${email} ${lastname}`);
      expect(people.toSorted()).toEqual(wanted.toSorted());
    } finally {
      world.stop();
    }
  });
});
