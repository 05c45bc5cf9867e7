import * as z from "zod/mini";
import type { Adobe } from "../../infra/local/adobe/adobe.ts";
import type { AdobeRequest, Reply } from "../../infra/local/adobe/reply.ts";
import { parseJson } from "../../shared/http/parse-json.ts";
import { isRemoval, removesOnly, repeatsOf, rootKey } from "./departures.ts";
import type { LedgerWatch } from "./ledger-watch.ts";
import type { QueueWatch } from "./queue-watch.ts";

const usersSchema = z.array(z.object({ email: z.string(), username: z.string(), domain: z.string() }));
const stepSchema = z.looseObject({
  update: z.optional(z.looseObject({ email: z.optional(z.string()), username: z.optional(z.string()) })),
});
const commandSchema = z.looseObject({
  user: z.optional(z.string()),
  domain: z.optional(z.string()),
  do: z.array(stepSchema),
});
type Command = z.infer<typeof commandSchema>;
const reportSchema = z.object({ errors: z._default(z.array(z.object({ index: z.number() })), []) });

/** A generation of an operation that is at work on somebody's name, and its place in the accepted order. */
interface Deed {
  readonly id: string;
  readonly generation: number;
  readonly place: string;
  readonly command: Command;
}

/**
 * Watches at Adobe's side who gets into the organisation and who is removed. Once a leaver is out, nobody is in again
 * under the name by what was accepted before, but for whom a rename gives the name, until the leaver is repeated. And
 * nobody is removed by a leaver that is older than what brought them in.
 */
export class MemberWatch {
  readonly violations: string[] = [];
  readonly #queue: QueueWatch;
  readonly #ledger: LedgerWatch;
  #names: ReadonlySet<string> = new Set();
  /** What brought in who has the name, or had it last. */
  readonly #in = new Map<string, Deed>();
  /** What has removed who had the name. */
  readonly #out = new Map<string, Deed[]>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(queue: QueueWatch, ledger: LedgerWatch) {
    this.#queue = queue;
    this.#ledger = ledger;
  }

  /** Requests come one at a time, which takes none of the simulated time. */
  watch(adobe: Adobe): Adobe {
    const handle = async (request: AdobeRequest): Promise<Reply> => {
      if (!request.path.includes("/action/") || request.path.includes("testOnly")) return await adobe.handle(request);
      const answer = this.#last.then(() => this.#apply(adobe, request));
      this.#last = answer;
      return await answer;
    };
    return { credentials: adobe.credentials, handle };
  }

  /** Whoever is in the organisation under the name of a leaver has come later, unless the leaver's repeat has failed. */
  violationsAtTheEnd(): string[] {
    return [...this.#names].flatMap((name) => {
      const [last, out] = [this.#in.get(name), this.#outOf(name)];
      if (last === undefined || out === undefined || last.place > out.place) return [];
      const isRefused = this.#repeatsOf(out).some(({ status }) => status !== "succeeded");
      return isRefused ? [] : [`${name} is in by ${last.id}, and left by ${out.id}, which was accepted later`];
    });
  }

  async #apply(adobe: Adobe, request: AdobeRequest): Promise<Reply> {
    const reply = await adobe.handle(request);
    const commands = z.array(commandSchema).parse(JSON.parse(request.body.toString()));
    const ids = this.#ledger.operationsOf(request.headers["x-request-id"] ?? "");
    const before = this.#names;
    this.#names = await namesIn(adobe);
    const done = doneOf(reply, commands);
    for (const command of commands) {
      const deeds = ids.flatMap((id) => this.#deedOn(command, id));
      if (command.do.some(isRemoval)) this.#removed(command, deeds, { before, isDone: done.includes(command) });
      else this.#changed(command, deeds, before);
    }
    return reply;
  }

  #removed(
    command: Command,
    deeds: readonly Deed[],
    { before, isDone }: { readonly before: ReadonlySet<string>; readonly isDone: boolean },
  ): void {
    const name = rootOf(command);
    const deed = deeds.find((each) => each.command.do.some(isRemoval));
    if (deed === undefined) return;
    const hasLeft = before.has(name) && !this.#names.has(name);
    const last = this.#in.get(name);
    if (hasLeft && last !== undefined && last.place > deed.place)
      this.violations.push(`${name} was removed by ${deed.id}, and came by ${last.id}, which was accepted later`);
    // A repeat stands at the place of the leaver itself.
    if ((hasLeft || isDone) && this.#queue.arrival(deed.id, deed.generation) !== undefined)
      this.#out.set(name, [...(this.#out.get(name) ?? []), deed]);
  }

  #changed(command: Command, deeds: readonly Deed[], before: ReadonlySet<string>): void {
    const root = rootOf(command);
    for (const name of [root, ...newNames(command)]) {
      const deed = deeds.find((each) => name === root || newNames(each.command).includes(name)) ?? deeds[0];
      if (deed === undefined || before.has(name) || !this.#names.has(name)) continue;
      this.#in.set(name, deed);
      const out = this.#outOf(name);
      if (name === root && out !== undefined && deed.place < out.place)
        this.violations.push(`${name} was brought back by ${deed.id}, and left by ${out.id}, which was accepted later`);
    }
    this.#goesAfterRepeat(root, deeds);
  }

  /** Whom an older rename has given a leaver's name is removed before newer work on the name. */
  #goesAfterRepeat(name: string, deeds: readonly Deed[]): void {
    const [last, out] = [this.#in.get(name), this.#outOf(name)];
    if (last === undefined || out === undefined || last.place > out.place || !this.#names.has(name)) return;
    const newer = deeds.find(({ place, command }) => place > out.place && !removesOnly(command));
    const hasEnded = this.#repeatsOf(out).some(({ status }) => status !== "queued");
    if (newer !== undefined && !hasEnded)
      this.violations.push(`${newer.id} went to who got the name ${name} by ${last.id}, before ${out.id} was repeated`);
  }

  /** The latest operation that has removed the name's bearer and succeeded. */
  #outOf(name: string): Deed | undefined {
    const done = (this.#out.get(name) ?? []).filter(
      ({ id, generation }) => this.#ledger.final(id, generation)?.status === "succeeded",
    );
    return done.toSorted((one, other) => (one.place < other.place ? 1 : -1))[0];
  }

  #repeatsOf({ id }: Deed) {
    return repeatsOf({ queue: this.#queue, ledger: this.#ledger }, id);
  }

  /** The operation, if the command is of it. */
  #deedOn(command: Command, id: string): Deed[] {
    const row = this.#ledger.row(id);
    // A retry may be sent before its row is written.
    const generation = Math.max(row?.operation.generation ?? 0, this.#queue.generationOf(id));
    const arrival = this.#queue.arrival(id, generation);
    const own = commandSchema.safeParse(arrival?.operation.command ?? row?.operation.command).data;
    const place = arrival?.place ?? row?.place;
    if (own === undefined || place === undefined || rootKey(own) !== rootKey(command)) return [];
    return [{ id, generation, place, command: own }];
  }
}

function doneOf(reply: Reply, commands: readonly Command[]): Command[] {
  if (reply.kind !== "response" || reply.status !== 200) return [];
  const report = reportSchema.safeParse(parseJson(reply.body)).data;
  return report === undefined
    ? []
    : commands.filter((_, index) => !report.errors.some((error) => error.index === index));
}

/** How commands may name those who are in the organisation. */
async function namesIn(adobe: Adobe): Promise<Set<string>> {
  const reply = await adobe.handle({ method: "GET", path: "/_sandbox/users", headers: {}, body: "" });
  const users = usersSchema.parse(reply.kind === "response" ? JSON.parse(reply.body) : []);
  return new Set(users.flatMap(({ email, username, domain }) => [nameOf(email), nameOf(username, domain)]));
}

function rootOf({ user = "", domain }: Command): string {
  return nameOf(user, domain);
}

function newNames({ domain, do: steps }: Command): string[] {
  return steps.flatMap(({ update = {} }) => [
    ...(update.email === undefined ? [] : [nameOf(update.email)]),
    ...(update.username === undefined ? [] : [nameOf(update.username, domain)]),
  ]);
}

function nameOf(user: string, domain?: string): string {
  return (domain === undefined ? user : `${user} in ${domain}`).toLowerCase();
}
