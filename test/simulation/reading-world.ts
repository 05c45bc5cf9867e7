import { type Adobe, type AdobeOptions, createAdobe } from "../../infra/local/adobe/adobe.ts";
import { adobeFetch } from "../../infra/local/adobe/in-process-fetch.ts";
import type { Fetch } from "../../shared/http/exchange.ts";
import type { LaneStore } from "../../shared/pacing/lane-store.ts";
import { MemoryLaneStore } from "../../shared/pacing/lane-store-memory.ts";
import type { Reads } from "../../shared/reads/reads.ts";
import { readsFrom } from "../support/reading.ts";
import { SimulatedClock } from "../support/simulated-clock.ts";
import { credentials } from "./credentials.ts";
import { seededRandom } from "./seeded-random.ts";

interface Journey {
  /** From the reader to Adobe and back, each in milliseconds. */
  readonly thereMs: number;
  readonly backMs: number;
}

export interface ReadingWorldOptions extends Partial<AdobeOptions> {
  /** Of each request. @default - half a second in all */
  readonly journey?: () => Journey;
  /** How long each write of a lane takes to be confirmed, in milliseconds. @default - no time */
  readonly slowWriteMs?: () => number;
  /** Told of each request to the User Management API before it sets out. */
  readonly onSend?: (path: string) => void;
}

/** Readers and a sandbox in one process, under one clock. */
export class ReadingWorld {
  readonly clock = new SimulatedClock();
  readonly adobe: Adobe;
  readonly url = "https://adobe.test";
  readonly credentials = credentials;
  readonly #options: ReadingWorldOptions;
  /** What every reader of this world shares, as all clients of one credential do. */
  readonly #lanes: Readonly<Record<"users" | "groups", LaneStore>>;

  constructor(options: ReadingWorldOptions) {
    const { clock } = this;
    this.#options = options;
    const slowWriteMs = options.slowWriteMs ?? (() => 0);
    this.#lanes = { users: slowStore(clock, slowWriteMs), groups: slowStore(clock, slowWriteMs) };
    this.adobe = createAdobe({
      now: () => clock.now(),
      random: seededRandom(1),
      credentials,
      rate: { requests: 10, seconds: 60 },
      ...options,
    });
  }

  reader(): Reads {
    const { clock, url, fetch, credentials } = this;
    return readsFrom({ url, fetch, clock, credentials, lanes: this.#lanes });
  }

  /** Reaches the sandbox by `url`, and takes the journey's time. */
  get fetch(): Fetch {
    const { clock } = this;
    const { onSend, journey = () => ({ thereMs: 100, backMs: 400 }) } = this.#options;
    const send = adobeFetch(this.adobe);
    return async (url, init) => {
      if (!url.includes("/ims/")) onSend?.(new URL(url).pathname);
      const { thereMs, backMs } = journey();
      await clock.sleep(thereMs);
      const response = await send(url, init);
      await clock.sleep(backMs);
      return response;
    };
  }

  /** What the sandbox shows at `/_sandbox/…`. */
  async sandbox(path: string, body?: unknown): Promise<unknown> {
    const method = body === undefined ? "GET" : "POST";
    const reply = await this.adobe.handle({
      method,
      path: `/_sandbox/${path}`,
      headers: { "content-type": "application/json" },
      body: body === undefined ? "" : JSON.stringify(body),
    });
    if (reply.kind !== "response" || reply.status !== 200) throw new Error(`The sandbox has no ${path}`);
    return JSON.parse(reply.body);
  }
}

function slowStore(clock: SimulatedClock, slowWriteMs: () => number): LaneStore {
  const store = new MemoryLaneStore();
  return {
    read: () => store.read(),
    async write(stored, lane) {
      const written = await store.write(stored, lane);
      const ms = slowWriteMs();
      if (ms > 0) await clock.sleep(ms);
      return written;
    },
  };
}
