import * as z from "zod/mini";

interface SandboxUser {
  readonly email: string;
  readonly username: string;
  readonly type: string;
  readonly status: string;
  readonly firstname?: string | undefined;
  readonly lastname?: string | undefined;
  readonly country?: string | undefined;
  /** Names of user groups and product profiles. */
  readonly groups: readonly string[];
}

interface SandboxRequest {
  /** Milliseconds since the epoch, at arrival. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** Null for a connection that was cut. */
  readonly status: number | null;
  /** How many commands an action request held. */
  readonly commands: number;
}

/** What a test sees of the sandbox, and has it do. */
export interface SandboxView {
  /** Everybody in the organisation. */
  users(): Promise<readonly SandboxUser[]>;
  /** What it has been asked, from old to new. */
  requests(): Promise<readonly SandboxRequest[]>;
  /** Has the next calls fail, as docs/sandbox.md says. @throws Error that says what is wrong with the faults */
  fail(faults: readonly object[]): Promise<void>;
  /** As at the start: users, groups, requests, faults. */
  reset(): Promise<void>;
}

const text = z.string();
const maybeText = z.optional(text);
const users = z.array(
  z.object({
    email: text,
    username: text,
    type: text,
    status: text,
    firstname: maybeText,
    lastname: maybeText,
    country: maybeText,
    groups: z.array(text),
  }),
);
const requests = z.array(
  z.object({ at: z.number(), method: text, path: text, status: z.nullable(z.number()), commands: z.number() }),
);
const refusal = z.object({ error: text });

/** A view of the sandbox at a URL. */
export function clientOf(url: string): SandboxView {
  const get = async (name: string): Promise<unknown> => await (await fetch(`${url}/_sandbox/${name}`)).json();
  const post = async (name: string, body: unknown) => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${url}/_sandbox/${name}`, { method: "POST", headers, body: JSON.stringify(body) });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(refusal.parse(answer).error);
  };
  return {
    users: async () => users.parse(await get("users")),
    requests: async () => requests.parse(await get("requests")),
    fail: (faults) => post("faults", faults),
    reset: () => post("reset", {}),
  };
}
