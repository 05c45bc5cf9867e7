import * as z from "zod/mini";
import { createAdobe } from "../../infra/local/adobe/adobe.ts";
import type { Credentials } from "../../infra/local/adobe/credentials.ts";
import type { Command } from "../../shared/umapi/command.ts";

/** The outcome of an operation without any fault. */
export type Fate =
  | { readonly kind: "succeeded" }
  | { readonly kind: "failed"; readonly step: number; readonly code: string };

/** How much of an operation is to be applied, and how. */
export interface Application {
  /** As many steps, as Adobe takes them, were done when it was tried before. */
  readonly from: number;
  /** Steps from this one on are not applied, because Adobe was told to refuse them. */
  readonly upTo?: number;
  /** Of the steps as Adobe takes them no more than these are applied, because the rest was canceled. */
  readonly partsOnly?: number;
  /** It was sent after a send of unknown fate: what exists is not an error. */
  readonly repeated: boolean;
}

/**
 * An organisation to which operations are applied one after the other, step by step, with nothing in between: no queue,
 * no joining, no packing. What the service brings about must equal it.
 */
export class Oracle {
  readonly #credentials: Credentials;
  readonly #adobe;
  readonly #token: string;

  constructor(credentials: Credentials) {
    this.#credentials = credentials;
    this.#adobe = createAdobe({
      now: () => 0,
      random: () => 0.5,
      credentials,
      rate: { requests: 1_000_000, seconds: 1 },
    });
    this.#token = this.#adobe.credentials.issueToken(0);
  }

  async apply(command: Command, application: Application): Promise<Fate> {
    const { from, upTo = command.do.length, partsOnly, repeated } = application;
    const parts = partsOf(command)
      .slice(0, partsOnly)
      .filter(({ step }) => step < upTo);
    let index = from;
    for (let part = parts[index]; part !== undefined; part = parts[++index]) {
      const { step, root, fields } = part;
      const code = await this.#send({ ...root, do: [repeated ? lenient(fields) : fields] });
      if (code === undefined) continue;
      const renaming = repeated && missing.has(code) ? await this.#standingRename(parts, index) : -1;
      if (renaming < 0) return { kind: "failed", step, code };
      index = renaming;
    }
    return { kind: "succeeded" };
  }

  /** Which of the parts from this one on gave the root a name that it is known by already; -1 if none did. */
  async #standingRename(parts: readonly Part[], from: number): Promise<number> {
    const users = usersSchema.parse(await this.show("users")).flatMap(({ email, username }) => [email, username]);
    const groups = groupsSchema.parse(await this.show("groups")).map(({ groupName }) => groupName);
    const known = new Set([...users, ...groups].map((name) => name.toLowerCase()));
    return parts.findLastIndex(
      ({ root, after }, index) => index >= from && nameOf(after) !== nameOf(root) && known.has(nameOf(after)),
    );
  }

  /** As `/_sandbox/users` and `/_sandbox/groups` show it. */
  async show(what: "users" | "groups"): Promise<unknown> {
    const reply = await this.#adobe.handle({ method: "GET", path: `/_sandbox/${what}`, headers: {}, body: "" });
    return reply.kind === "response" ? JSON.parse(reply.body) : undefined;
  }

  /** @returns the code of the error, or undefined */
  async #send(command: unknown): Promise<string | undefined> {
    const reply = await this.#adobe.handle({
      method: "POST",
      path: `/v2/usermanagement/action/${this.#credentials.orgId}`,
      headers: {
        authorization: `Bearer ${this.#token}`,
        "x-api-key": this.#credentials.clientId,
        "content-type": "application/json",
      },
      body: JSON.stringify([command]),
    });
    if (reply.kind !== "response" || reply.status !== 200) throw new Error(`the oracle got ${JSON.stringify(reply)}`);
    return JSON.parse(reply.body).errors?.[0]?.errorCode;
  }
}

/** What says that there is nobody of the root's name. */
const missing = new Set(["error.user.nonexistent", "error.usergroup.not_found"]);

const usersSchema = z.array(z.object({ email: z.string(), username: z.string() }));
const groupsSchema = z.array(z.object({ groupName: z.string() }));

/** What Adobe takes of one step at once. */
interface Part {
  /** Index of the step in the command. */
  readonly step: number;
  readonly fields: object;
  readonly root: Root;
  /** The root as Adobe knows it once the step is done. */
  readonly after: Root;
}

function partsOf(command: Command): Part[] {
  const parts: Part[] = [];
  let root = rootOf(command);
  for (const [step, whole] of command.do.entries()) {
    const after = rootAfter(root, whole);
    for (const fields of cut(whole)) parts.push({ step, fields, root, after });
    root = after;
  }
  return parts;
}

function nameOf(root: Root): string {
  return ("user" in root ? root.user : root.usergroup).toLowerCase();
}

type Root = { readonly user: string; readonly domain?: string } | { readonly usergroup: string };

function rootOf(command: Command): Root {
  if ("usergroup" in command) return { usergroup: command.usergroup };
  const { user, domain } = command;
  return domain === undefined ? { user } : { user, domain };
}

/** After a rename, Adobe knows the root by its new name only; after a create, by its email whatever its username is. */
function rootAfter(root: Root, step: Command["do"][number]): Root {
  if ("createFederatedID" in step) return { user: step.createFederatedID.email };
  if ("updateUserGroup" in step)
    return { usergroup: step.updateUserGroup.name ?? ("usergroup" in root ? root.usergroup : "") };
  if (!("update" in step) || !("user" in root)) return root;
  const { email, username } = step.update;
  return { ...root, user: (root.domain === undefined ? email : username) ?? root.user };
}

/** The step as Adobe takes it: ten names at a time. */
export function cut(step: object): object[] {
  const [[kind, fields] = []] = Object.entries(step);
  const list: unknown = fields?.group ?? fields?.user;
  if ((kind !== "add" && kind !== "remove") || !Array.isArray(list)) return [step];
  const key = "group" in fields ? "group" : "user";
  return Array.from({ length: Math.ceil(list.length / 10) }, (_, part) => ({
    [kind]: { [key]: list.slice(part * 10, part * 10 + 10) },
  }));
}

function lenient(step: object): object {
  return Object.fromEntries(
    Object.entries(step).map(([name, fields]) => {
      const isCreate = name.startsWith("create") || name === "addAdobeID";
      return [name, isCreate ? { option: "ignoreIfAlreadyExists", ...fields } : fields];
    }),
  );
}
