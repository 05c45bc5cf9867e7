import type { AcceptanceRules } from "../submit/accept.ts";
import { accept } from "../submit/accept.ts";
import { handedIn } from "../submit/handed-in.ts";
import type { Submitter } from "../submit/submitter.ts";
import type { Clock } from "../time/clock.ts";
import { identityNow } from "../webhooks/identity.ts";
import type { Mapped } from "../webhooks/mapping.ts";
import type { Source } from "../webhooks/source.ts";
import type { DeliveryError, Outcome } from "./delivery.ts";
import { changing, type KnownRecord, keyOf } from "./known-record.ts";
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
  /** The id of the delivery that was mapped. */
  readonly deliveryId: string;
  /** What was known of the record when it was mapped. */
  readonly known: KnownRecord;
  readonly mapped: Mapped;
}

/** `later`: the commands were not taken, or not all. If it is done again, it goes on. */
export type Applied = Outcome | { readonly status: "later"; readonly retryAfterMs: number };

/** Two invocations work on one record at once. */
class Contended extends Error {
  override readonly name = "Contended";
}

/** A call that another invocation works on is free again after this time. */
const leaseMs = 60_000;

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

  async #submit(
    { source, deliveryId, known }: Application,
    commands: readonly unknown[],
    identity: KnownRecord["identity"],
  ): Promise<Applied> {
    const { clock, submitter, rules } = this.#services;
    const submittedBy = submitterOf(source);
    const intended = changing(known, commands, clock.now());
    const key = keyOf(deliveryId, intended);
    const accepted = accept(
      {
        ...handedIn([...commands]),
        testOnly: source.testOnly,
        idempotencyKey: key,
        submittedBy,
        receivedAt: clock.now(),
      },
      rules,
    );
    if (!accepted.ok) return failed("commands-refused", refusal(accepted.problem));
    const { submission } = accepted;
    const others = known.scheduling.filter((each) => each.key !== key);
    const own = submission.notBefore === undefined ? [] : [{ key, commands: submission.commands.length }];
    // What is about to be scheduled is written down first, so that it is found if this run dies, and another one maps the
    // record to something else.
    const planned = await this.#write({ ...intended, scheduling: [...others, ...own] });
    await this.#services.scheduledWork.cancel(others, submittedBy);
    const submitted = await submitter.submit(submission);
    switch (submitted.kind) {
      case "queued": {
        // On trial, nobody becomes anybody in Adobe.
        const who = source.testOnly || identity === undefined ? {} : { identity };
        await this.#write({ ...planned, ...who, scheduling: own, updatedAt: clock.now() });
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
    const { identity, ...rest } = known;
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
