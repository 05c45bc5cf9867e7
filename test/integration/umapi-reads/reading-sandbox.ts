import type { AdobeOptions } from "../../../infra/local/adobe/adobe.ts";
import { createCredentials } from "../../../infra/local/adobe/credentials.ts";
import { type RunningAdobe, startAdobe } from "../../../infra/local/adobe/http.ts";
import type { Fetch } from "../../../shared/http/exchange.ts";
import type { ReadWait } from "../../../shared/reads/paced-reader.ts";
import { ReadError } from "../../../shared/reads/read-error.ts";
import type { Reads } from "../../../shared/reads/reads.ts";
import { readsFrom } from "../../support/reading.ts";
import { SandboxClient } from "../../support/sandbox-client.ts";
import { SimulatedClock } from "../../support/simulated-clock.ts";

const credentials = await createCredentials();

/** What a reader has sent, beside what the sandbox keeps of it. */
interface Sent {
  readonly path: string;
  readonly pragma: string | null;
}

/** A sandbox behind HTTP and a reader of it, under one clock that moves when the reader waits. */
export class ReadingSandbox {
  readonly clock: SimulatedClock;
  /** The waits that the reader told of. */
  readonly waits: ReadWait[] = [];
  readonly sent: Sent[] = [];
  readonly #running: RunningAdobe;

  private constructor(clock: SimulatedClock, running: RunningAdobe) {
    this.clock = clock;
    this.#running = running;
  }

  static async start(options: Partial<AdobeOptions>): Promise<ReadingSandbox> {
    const clock = new SimulatedClock();
    const rate = { requests: 1000, seconds: 60 };
    const running = await startAdobe({ port: 0, now: () => clock.now(), credentials, rate, ...options });
    return new ReadingSandbox(clock, running);
  }

  get adobe() {
    return this.#running.adobe;
  }

  /** The emails of everyone in the organisation, as the sandbox has them. */
  async everyone(): Promise<string[]> {
    return (await this.client.users()).map(({ email }) => email);
  }

  /** Behind the reader's back. */
  get client(): SandboxClient {
    return new SandboxClient(this.#running.url);
  }

  reads(auth: "oauth" | "jwt" = "oauth"): Reads {
    const { url } = this.#running;
    const spy: Fetch = (target, init) => {
      const { pathname, search } = new URL(target);
      if (!pathname.startsWith("/ims/"))
        this.sent.push({
          path: (pathname + search).replace(`/v2/usermanagement/`, "").replace(credentials.orgId, "org"),
          pragma: new Headers(init.headers).get("pragma"),
        });
      return fetch(target, init);
    };
    return readsFrom({ url, fetch: spy, clock: this.clock, credentials, auth });
  }

  /** Takes a wait for granted: time moves to its end. */
  readonly onWait = (wait: ReadWait): void => {
    this.waits.push(wait);
    void this.clock.advanceTo(wait.until);
  };

  async act(...commands: readonly object[]): Promise<void> {
    const response = await this.#call(`action/${credentials.orgId}`, {
      method: "POST",
      body: JSON.stringify(commands),
    });
    const text = await response.text();
    if (!text.includes('"success"')) throw new Error(`The sandbox refuses the commands: ${text}`);
  }

  /** Lists users from page 0 as a script does that knows nothing of marks, with the same credential. */
  async listUnmarked(): Promise<number> {
    return (await this.#call(`users/${credentials.orgId}/0`)).status;
  }

  #call(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = {
      authorization: `Bearer ${this.adobe.credentials.issueToken(this.clock.now())}`,
      "x-api-key": credentials.clientId,
      "content-type": "application/json",
    };
    return fetch(`${this.#running.url}/v2/usermanagement/${path}`, { headers, ...init });
  }

  async close(): Promise<void> {
    await this.#running.close();
  }
}

export async function all<Entry>(entries: AsyncIterable<Entry>): Promise<Entry[]> {
  const taken: Entry[] = [];
  for await (const entry of entries) taken.push(entry);
  return taken;
}

/** The error that the read ends with. */
export async function failureOf(read: Promise<unknown>): Promise<ReadError> {
  const error = await read.then(
    () => undefined,
    (reason) => reason,
  );
  if (error instanceof ReadError) return error;
  throw error ?? new Error("the read did not fail");
}
