import * as z from "zod/mini";

const requestRecords = z.array(
  z.strictObject({
    at: z.int(),
    method: z.string(),
    path: z.string(),
    status: z.nullable(z.int()),
    commands: z.int(),
  }),
);

/** `at` is the arrival in milliseconds since the epoch; `status` is null for a cut connection. */
export type SandboxRequest = z.infer<typeof requestRecords>[number];

const sandboxUsers = z.array(
  z.object({
    email: z.string(),
    username: z.string(),
    type: z.string(),
    firstname: z.optional(z.string()),
    lastname: z.optional(z.string()),
    groups: z.array(z.string()),
  }),
);

export type SandboxUser = z.infer<typeof sandboxUsers>[number];

/** What a test asks of the Adobe sandbox behind its back: `/_sandbox/…`. */
export class SandboxClient {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async users(): Promise<SandboxUser[]> {
    return sandboxUsers.parse(await this.#get("users"));
  }

  /** @throws Error if there is no such user */
  async user(email: string): Promise<SandboxUser> {
    const user = (await this.users()).find((candidate) => candidate.email === email);
    if (user === undefined) throw new Error(`The sandbox has no user ${email}`);
    return user;
  }

  /** Every request so far, in the order of arrival. */
  async requests(): Promise<SandboxRequest[]> {
    return requestRecords.parse(await this.#get("requests"));
  }

  /** Every POST to the action API so far, in the order of arrival. */
  async actionRequests(): Promise<SandboxRequest[]> {
    return (await this.requests()).filter(({ method, path }) => method === "POST" && path.includes("/action/"));
  }

  /** Replaces the list of faults. */
  async fault(...faults: readonly object[]): Promise<void> {
    const response = await fetch(`${this.#url}/_sandbox/faults`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(faults),
    });
    if (response.status !== 200) throw new Error(`The sandbox refuses the faults: ${await response.text()}`);
  }

  /** Those now set. */
  async faults(): Promise<unknown> {
    return await this.#get("faults");
  }

  async #get(what: string): Promise<unknown> {
    return (await fetch(`${this.#url}/_sandbox/${what}`)).json();
  }
}
