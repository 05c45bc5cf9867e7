import { randomUUID } from "node:crypto";
import type { Credentials } from "../../infra/local/adobe/credentials.ts";
import { type Fetch, HttpExchange } from "../../shared/http/exchange.ts";
import { exchangeBy } from "../../shared/ims/exchange.ts";
import { parseCredentials } from "../../shared/ims/parse-credentials.ts";
import { TokenSource } from "../../shared/ims/token-source.ts";
import { MemoryLaneStore } from "../../shared/pacing/lane-store-memory.ts";
import { Reads, type ReadsServices } from "../../shared/reads/reads.ts";
import type { Clock } from "../../shared/time/clock.ts";
import { UmapiClient } from "../../shared/umapi/client.ts";
import type { SimulatedClock } from "./simulated-clock.ts";

export interface ReadingOptions {
  /** Of the sandbox, without a slash at its end. */
  readonly url: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly credentials: Credentials;
  /** @default "oauth" */
  readonly auth?: "oauth" | "jwt";
  /** @default - in memory */
  readonly lanes?: ReadsServices["lanes"];
}

/** A reader as the command line would make one. */
export function readsFrom({ url, fetch, clock, credentials, auth, lanes }: ReadingOptions): Reads {
  const now = () => clock.now();
  const http = new HttpExchange(fetch, clock);
  const exchange = exchangeBy(auth ?? "oauth", http, { imsUrl: url, tokenTimeoutSeconds: 20 }, now);
  return new Reads({
    clock,
    random: () => 0.5,
    requestId: randomUUID,
    tokens: new TokenSource(clock, async () => parseCredentials(JSON.stringify(credentials)), exchange),
    umapi: new UmapiClient(http, { umapiUrl: `${url}/v2/usermanagement`, requestTimeoutSeconds: 120 }, now),
    lanes: lanes ?? { users: new MemoryLaneStore(), groups: new MemoryLaneStore() },
  });
}

/** Lets time run until the promise is settled. */
export async function untilSettled<Result>(clock: SimulatedClock, promise: Promise<Result>): Promise<Result> {
  let isSettled = false;
  const settled = promise.finally(() => {
    isSettled = true;
  });
  settled.catch(() => undefined);
  await clock.advance(0);
  while (!isSettled) await clock.advanceTo(clock.nextDeadline ?? clock.now());
  return await settled;
}

/** Most requests in any window of `windowMs`, both its ends included. `times` in order. */
export function mostInAnyWindow(times: readonly number[], windowMs: number): number {
  let from = 0;
  let most = 0;
  for (const [index, time] of times.entries()) {
    while ((times[from] ?? time) < time - windowMs) from++;
    most = Math.max(most, index - from + 1);
  }
  return most;
}
