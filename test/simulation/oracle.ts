import { createAdobe } from "../../infra/local/adobe/adobe.ts";
import type { Credentials } from "../../infra/local/adobe/credentials.ts";
import type { Command } from "../../shared/umapi/command.ts";

/** What became of an operation when nothing stood in its way. */
export type Fate =
  | { readonly kind: "succeeded" }
  | { readonly kind: "failed"; readonly step: number; readonly code: string };

/** How much of an operation is to be applied, and how. */
export interface Application {
  /** Steps before this one were done when it was tried before. */
  readonly from: number;
  /** Steps from this one on are not applied, because Adobe was told to refuse them. */
  readonly upTo?: number;
  /** It was sent after a send of unknown fate: what exists is no error. */
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

  async apply(command: Command, { from, upTo = command.do.length, repeated }: Application): Promise<Fate> {
    let root = rootOf(command);
    for (const [step, whole] of command.do.slice(0, upTo).entries()) {
      if (step >= from) {
        const code = await this.#send({ ...root, do: [repeated ? lenient(whole) : whole] });
        if (code !== undefined) return { kind: "failed", step, code };
      }
      root = rootAfter(root, whole);
    }
    return { kind: "succeeded" };
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

function lenient(step: object): object {
  return Object.fromEntries(
    Object.entries(step).map(([name, fields]) => {
      const isCreate = name.startsWith("create") || name === "addAdobeID";
      return [name, isCreate ? { option: "ignoreIfAlreadyExists", ...fields } : fields];
    }),
  );
}
