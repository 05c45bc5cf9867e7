import { parseJson } from "../http/parse-json.ts";
import { type AcceptanceRules, type Accepted, accept, type Submission } from "../submit/accept.ts";
import { handedIn } from "../submit/handed-in.ts";
import { leaseMs, type Submitter } from "../submit/submitter.ts";
import type { Clock } from "../time/clock.ts";
import { identityNow } from "../webhooks/identity.ts";
import type { Mapped } from "../webhooks/mapping.ts";
import type { Source } from "../webhooks/source.ts";
import type { Delivery, DeliveryError, Outcome } from "./delivery.ts";
import { changing, type KnownRecord, keyOf, type Pending } from "./known-record.ts";
import type { KnownRecords } from "./known-records-dynamo.ts";
import type { ScheduledWork } from "./scheduled-work.ts";

export interface ApplierServices {
  readonly clock: Clock;
  readonly submitter: Submitter;
  readonly rules: AcceptanceRules;
  readonly knownRecords: KnownRecords;
  readonly scheduledWork: ScheduledWork;
}

export interface Application {
  readonly source: Source;
  /** What was mapped. */
  readonly delivery: Pick<Delivery, "id" | "arrivals">;
  /** What was known of the record when it was mapped. */
  readonly known: KnownRecord;
  readonly mapped: Mapped;
}

/** `later`: the commands were not taken, or not all. If it is done again, it goes on. */
export type Applied = Outcome | { readonly status: "later"; readonly retryAfterMs: number };

export interface Resumed {
  /** What had been mapped. */
  readonly delivery: Pick<Delivery, "id" | "arrivals">;
  readonly applied: Applied;
}

/** Two invocations work on one record at once. */
class Contended extends Error {
  override readonly name = "Contended";
}

/** What is about to be submitted must fit into a row, where it is JSON in JSON. */
const maxCommandsBytes = 128 * 1024;

/** Submits what a record was mapped to. It can die anywhere: done again, it converges. */
export class Applier {
  readonly #services: ApplierServices;

  constructor(services: ApplierServices) {
    this.#services = services;
  }

  async apply(application: Application): Promise<Applied> {
    const { mapped } = application;
    switch (mapped.kind) {
      case "commands":
        return await this.#submit(application, mapped.commands, mapped.identity);
      case "nothing":
        await this.#forgetScheduled(application);
        return { status: "nothing", error: { code: "nothing", message: mapped.why } };
      case "incomplete":
        return { status: "incomplete", error: { code: "incomplete", message: mapped.why } };
      case "failed":
        return failed("mapping-failed", mapped.reason);
    }
  }

  /**
   * Ends what a run has begun that died over it: otherwise nobody would know what the next mapping follows.
   *
   * @returns undefined if there is nothing to end
   */
  async resume(source: Source, known: KnownRecord): Promise<Resumed | undefined> {
    const { pending } = known;
    if (pending === undefined) return undefined;
    const { delivery: id, arrivals } = pending;
    return { delivery: { id, arrivals }, applied: await this.#goOn(source, known, pending) };
  }

  async #goOn(source: Source, known: KnownRecord, pending: Pending): Promise<Applied> {
    const accepted = this.#accept(source, pending);
    if (accepted.ok) return await this.#finish(source, known, pending, accepted.submission);
    // The rules have changed since it was written down.
    const { pending: _, ...rest } = known;
    await this.#write(rest);
    return failed("commands-refused", refusal(accepted.problem));
  }

  /** What is about to be submitted is written down first. */
  async #submit(
    { source, delivery, known }: Application,
    commands: readonly unknown[],
    identity: KnownRecord["identity"],
  ): Promise<Applied> {
    const intended = changing(known, commands, source.testOnly, this.#services.clock.now());
    const pending: Pending = {
      delivery: delivery.id,
      arrivals: delivery.arrivals,
      key: keyOf(delivery.id, intended),
      commands: JSON.stringify(commands),
      testOnly: source.testOnly,
      ...(identity && { identity }),
    };
    const accepted = this.#accept(source, pending);
    if (!accepted.ok) return failed("commands-refused", refusal(accepted.problem));
    if (Buffer.byteLength(pending.commands) > maxCommandsBytes)
      return failed("commands-refused", `They have more than ${maxCommandsBytes} bytes together.`);
    const { commands: checked, notBefore } = accepted.submission;
    const own = notBefore === undefined ? [] : [{ key: pending.key, commands: checked.length }];
    const others = known.scheduling.filter(({ key }) => key !== pending.key);
    const planned = await this.#write({ ...intended, scheduling: [...others, ...own], pending });
    return await this.#finish(source, planned, pending, accepted.submission);
  }

  #accept(source: Source, { commands, testOnly, key }: Pending): Accepted {
    const { clock, rules } = this.#services;
    const handed = handedIn(parseJson(commands));
    const call = { testOnly, idempotencyKey: key, submittedBy: submitterOf(source), receivedAt: clock.now() };
    return accept({ ...handed, ...call }, rules);
  }

  async #finish(
    source: Source,
    { pending: _, ...known }: KnownRecord,
    pending: Pending,
    submission: Submission,
  ): Promise<Applied> {
    const { clock, submitter, scheduledWork } = this.#services;
    const own = known.scheduling.filter(({ key }) => key === pending.key);
    const others = known.scheduling.filter(({ key }) => key !== pending.key);
    await scheduledWork.cancel(others, submitterOf(source));
    const submitted = await submitter.submit(submission);
    switch (submitted.kind) {
      case "queued": {
        // On trial, nobody becomes anybody in Adobe.
        const who = pending.testOnly || pending.identity === undefined ? {} : { identity: pending.identity };
        await this.#write({ ...known, ...who, scheduling: own, updatedAt: clock.now() });
        return { status: "submitted", operations: submitted.ids };
      }
      case "incomplete":
        return { status: "later", retryAfterMs: 0 };
      case "still-running":
        return { status: "later", retryAfterMs: leaseMs };
      case "key-reused":
        throw new Error("A hash of the commands is part of the key, and yet the key came with others");
    }
  }

  /** A record that is read, and warrants nothing, warrants nothing in future either. An event alone does not tell. */
  async #forgetScheduled({ source, known }: Application): Promise<void> {
    if (source.record === undefined || known.scheduling.length === 0) return;
    const { clock, scheduledWork } = this.#services;
    await scheduledWork.cancel(known.scheduling, submitterOf(source));
    // The same commands as before are a change now, because they would schedule anew what is canceled.
    const { identity, commandsHash: _, ...rest } = known;
    const who = identityNow(identity, clock.now());
    await this.#write({ ...rest, ...(who && { identity: who }), scheduling: [], updatedAt: clock.now() });
  }

  async #write(known: KnownRecord): Promise<KnownRecord> {
    if (await this.#services.knownRecords.write(known)) return { ...known, revision: known.revision + 1 };
    throw new Contended("Another invocation has mapped this record meanwhile");
  }
}

/** Who hands in what is mapped from a source. No caller of the API has such a name. */
const submitterOf = ({ name }: Pick<Source, "name">) => `webhooks/${name}`;

const failed = (code: string, message: string): Outcome => ({ status: "failed", error: { code, message } });

interface Refusal {
  readonly detail: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

/** The details of a problem repeat nothing of the commands. */
function refusal({ detail, errors = [] }: Refusal): DeliveryError["message"] {
  return [detail, ...errors.slice(0, 5).map(({ pointer, detail: what }) => `${pointer}: ${what}.`)].join(" ");
}
