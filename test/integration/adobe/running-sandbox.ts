import type { Adobe, AdobeOptions } from "../../../infra/local/adobe/adobe.ts";
import { type Credentials, createPrivateKeyPem } from "../../../infra/local/adobe/credentials.ts";
import { type RunningAdobe, startAdobe } from "../../../infra/local/adobe/http.ts";

/** Monday 2026-01-05, 09:00 UTC. */
export const START = Date.UTC(2026, 0, 5, 9);

export const credentials: Credentials = {
  orgId: "A495E53@AdobeOrg",
  clientId: "4839484fa90147d6bb88f8db0c791ff1",
  clientSecret: "p8e-first",
  technicalAccountId: "5BFC7D40@techacct.adobe.com",
  privateKey: await createPrivateKeyPem(),
};

export interface ActionAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A sandbox behind HTTP under a clock that the test moves, with the calls that most tests make. */
export class RunningSandbox {
  readonly url: string;
  readonly adobe: Adobe;
  readonly #running: RunningAdobe;
  readonly #clock: { now: number };
  readonly #token: string;

  private constructor(running: RunningAdobe, clock: { now: number }) {
    this.#running = running;
    this.#clock = clock;
    this.url = running.url;
    this.adobe = running.adobe;
    this.#token = running.adobe.credentials.issueToken(clock.now);
  }

  static async start(options: Partial<AdobeOptions> = {}): Promise<RunningSandbox> {
    const clock = { now: START };
    const rate = { requests: 1000, seconds: 60 };
    const running = await startAdobe({ port: 0, now: () => clock.now, credentials, rate, ...options });
    return new RunningSandbox(running, clock);
  }

  /** Milliseconds since the epoch, by the sandbox's clock. */
  get now(): number {
    return this.#clock.now;
  }

  advance(ms: number): void {
    this.#clock.now += ms;
  }

  get headers(): Record<string, string> {
    return { authorization: `Bearer ${this.#token}`, "x-api-key": credentials.clientId };
  }

  get actionUrl(): string {
    return `${this.url}/v2/usermanagement/action/${credentials.orgId}`;
  }

  /** Posts an action request; a string goes out as it is. */
  async act(commands: unknown, query = ""): Promise<ActionAnswer> {
    const response = await fetch(this.actionUrl + query, {
      method: "POST",
      headers: { ...this.headers, "content-type": "application/json" },
      body: typeof commands === "string" ? commands : JSON.stringify(commands),
    });
    return read(response);
  }

  /** Gets a path below `/v2/usermanagement/`. */
  async get(path: string): Promise<ActionAnswer> {
    return read(await fetch(`${this.url}/v2/usermanagement/${path}`, { headers: this.headers }));
  }

  async look(what: "requests" | "users" | "groups" | "faults"): Promise<unknown> {
    return (await fetch(`${this.url}/_sandbox/${what}`)).json();
  }

  /** The statuses of the requests recorded so far. */
  async statuses(): Promise<unknown[]> {
    const records = await this.look("requests");
    return Array.isArray(records) ? records.map(({ status }) => status) : [];
  }

  /** Posts to a path below `/_sandbox/`. */
  async ask(what: "faults" | "reset", body = "", contentType = "application/json"): Promise<ActionAnswer> {
    const headers = { "content-type": contentType };
    return read(await fetch(`${this.url}/_sandbox/${what}`, { method: "POST", headers, body }));
  }

  async fault(...faults: readonly unknown[]): Promise<ActionAnswer> {
    return this.ask("faults", JSON.stringify(faults));
  }

  async reset(): Promise<void> {
    await this.ask("reset");
  }

  async close(): Promise<void> {
    await this.#running.close();
  }
}

/** The answer with its body as JSON, or as text where it is not JSON. */
async function read(response: Response): Promise<ActionAnswer> {
  const text = await response.text();
  let body: unknown = text;
  if (response.headers.get("content-type")?.includes("json") && text !== "") body = JSON.parse(text);
  return { status: response.status, headers: response.headers, body };
}

export const SUCCESS = { result: "success", notCompleted: 0 };

/** Commands that put what most tests need into the organisation. */
export const enterprise = (email: string, ...more: readonly object[]) => ({
  user: email,
  do: [{ createEnterpriseID: { email, firstname: "Ada", lastname: "Able", country: "US" } }, ...more],
});
export const federated = (email: string, ...more: readonly object[]) => ({
  user: email,
  do: [{ createFederatedID: { email, firstname: "Fay", lastname: "Fair", country: "US" } }, ...more],
});
export const adobeID = (email: string, ...more: readonly object[]) => ({
  user: email,
  do: [{ addAdobeID: { email } }, ...more],
});
