import * as z from "zod/mini";
import type { Service, ServiceAnswer } from "../../infra/local/aws/service.ts";
import { parseJson } from "../../shared/http/parse-json.ts";
import type { OperationId } from "../../shared/operation/operation.ts";
import { operationIdSchema } from "../../shared/operation/schema.ts";
import type { Clock } from "../../shared/time/clock.ts";
import type { FlowWatch } from "./flow-watch.ts";
import { Life } from "./life.ts";
import { type Say, silent } from "./trace.ts";

const rowSchema = z.object({
  operation: z.object({
    id: z.string(),
    generation: z.number(),
    command: z.looseObject({ user: z.optional(z.string()), domain: z.optional(z.string()), do: z.array(z.unknown()) }),
  }),
  status: z.enum(["queued", "succeeded", "failed", "canceled", "superseded"]),
  progress: z.object({
    uncertain: z.boolean(),
    most: z.optional(z.number()),
    oneStep: z.boolean(),
    stepsDone: z.number(),
  }),
  charges: z.number(),
  parked: z.optional(z.object({ reason: z.string() })),
  /** Whether it goes ahead of its place. */
  early: z.optional(z.boolean()),
  /** Where the operation stands in the accepted order. */
  place: z.optional(z.string()),
  supersededBy: z.optional(z.string()),
  error: z.optional(
    z.object({ code: z.string(), message: z.string(), certain: z.boolean(), step: z.optional(z.number()) }),
  ),
});
const keySchema = z.object({ Item: z.object({ pk: z.object({ S: z.string() }) }) });
const rowItemSchema = z.object({ Item: z.object({ row: z.object({ S: z.string() }) }) });
const laneItemSchema = z.object({ Item: z.object({ lane: z.object({ S: z.string() }) }) });
const laneSchema = z.object({
  block: z.optional(z.object({ until: z.number() })),
  inFlight: z.array(z.object({ request: z.string(), operations: z.array(operationIdSchema) })),
});

/** The fields of a row that the tests need. */
export type SeenRow = z.infer<typeof rowSchema>;

const actionLane = /^lane#.*#action$/;

/** Watches each write as the table sees it. */
export class LedgerWatch {
  /** Writes that broke a rule. */
  readonly violations: string[] = [];
  /** Why operations were parked, each reason once. */
  readonly reasons = new Set<string>();
  /** Until when the lane is blocked, as it was last written. */
  laneBlockedUntil = 0;
  readonly #say: Say;
  readonly #clock: Clock;
  readonly #flow: FlowWatch;
  readonly #early = new Set<string>();
  readonly #refusedAt = new Map<string, number>();
  readonly #endedAt = new Map<string, number>();
  readonly #rows = new Map<string, SeenRow>();
  readonly #texts = new Map<string, string>();
  readonly #finals = new Map<string, SeenRow>();
  readonly #uncertain = new Set<string>();
  readonly #requests = new Map<string, readonly OperationId[]>();
  /** Until when the lane is blocked, as each invocation last read or wrote it. */
  readonly #blocks = new WeakMap<Life, number>();

  constructor(clock: Clock, flow: FlowWatch, say: Say = silent) {
    this.#clock = clock;
    this.#flow = flow;
    this.#say = say;
  }

  watch(service: Service): Service {
    return {
      ...service,
      handle: async (action, input, signal): Promise<ServiceAnswer> => {
        const answer = await service.handle(action, input, signal);
        if (action === "GetItem") this.#seen(answer.body);
        // A write takes effect even if its answer is lost. Only the table knows of it.
        if (action === "PutItem") await this.#written(service, input, answer.status);
        return answer;
      },
    };
  }

  /** Every operation of which a row has been written. */
  get ids(): string[] {
    return [...this.#rows.keys()];
  }

  row(id: string): SeenRow | undefined {
    return this.#rows.get(id);
  }

  /** The row in which a generation of an operation ended. */
  final(id: string, generation: number): SeenRow | undefined {
    return this.#finals.get(`${id}#${generation}`);
  }

  /** When that was written, in milliseconds since the epoch. */
  endedAt(id: string, generation: number): number | undefined {
    return this.#endedAt.get(`${id}#${generation}`);
  }

  /** Whether it has once been a leaver that goes ahead of its place. */
  wasEarly(id: string, generation: number): boolean {
    return this.#early.has(`${id}#${generation}`);
  }

  /** When Adobe refused a leaver ahead of its place, so that it waits for its turn. */
  refusedAt(id: string, generation: number): number | undefined {
    return this.#refusedAt.get(`${id}#${generation}`);
  }

  /** Whether the ledger has once held this generation for possibly applied. */
  wasUncertain(id: string, generation: number): boolean {
    return this.#uncertain.has(`${id}#${generation}`);
  }

  /** What the lane's memory said that the request was to carry. */
  operationsOf(request: string): readonly OperationId[] {
    return this.#requests.get(request) ?? [];
  }

  readonly blockedUntil = (life: Life): number => this.#blocks.get(life) ?? 0;

  async #written(service: Service, input: unknown, status: number): Promise<void> {
    const key = keySchema.safeParse(input);
    if (!key.success) return;
    const { pk } = key.data.Item;
    if (actionLane.test(pk.S)) {
      if (status < 400) this.#seen(input);
      if (status < 400) this.#blocked(input);
      return;
    }
    if (!pk.S.startsWith("operation#")) return;
    const get = { TableName: "ledger", Key: { pk }, ConsistentRead: true };
    const now = status < 400 ? input : (await Life.outside(() => service.handle("GetItem", get))).body;
    const item = rowItemSchema.safeParse(now);
    if (item.success) this.#note(item.data.Item.row.S);
  }

  #note(text: string): void {
    const row = rowSchema.parse(JSON.parse(text));
    const { id, generation } = row.operation;
    if (this.#texts.get(id) === text) return;
    this.#texts.set(id, text);
    const before = this.#rows.get(id);
    this.#rows.set(id, row);
    const name = `${id}#${generation}`;
    if (row.parked !== undefined) this.reasons.add(row.parked.reason);
    if (row.early === true) this.#early.add(name);
    if (row.progress.uncertain) this.#uncertain.add(name);
    if (row.status !== "queued" && !this.#finals.has(name)) {
      this.#finals.set(name, row);
      this.#endedAt.set(name, this.#clock.now());
    }
    if (before !== undefined) this.#compare(before, row);
    this.#say(() => `ledger: ${id} ${told(row)}`);
  }

  #compare(before: SeenRow, row: SeenRow): void {
    const { id, generation } = row.operation;
    const { generation: last } = before.operation;
    if (generation < last) this.violations.push(`${id}: generation ${generation} was written over ${last}`);
    if (generation !== last) return;
    if (before.status !== "queued") this.violations.push(`${id}: ${row.status} was written over ${before.status}`);
    if (before.early === true && row.early !== true) this.#refusedAt.set(`${id}#${generation}`, this.#clock.now());
    if (row.charges < before.charges)
      this.violations.push(`${id}: attempts fell from ${before.charges} to ${row.charges}`);
    if (row.progress.stepsDone < before.progress.stepsDone)
      this.violations.push(`${id}: steps done fell from ${before.progress.stepsDone} to ${row.progress.stepsDone}`);
  }

  #blocked(written: unknown): void {
    const block = laneIn(written)?.block;
    this.laneBlockedUntil = block?.until ?? 0;
    if (block !== undefined) this.#flow.stand(this.#clock.now(), block.until);
  }

  #seen(holder: unknown): void {
    const lane = laneIn(holder);
    const life = Life.current;
    if (lane === undefined || life === undefined) return;
    const { block, inFlight } = lane;
    this.#blocks.set(life, block?.until ?? 0);
    // An operation that is sent again is no longer in its earlier entry.
    for (const { request, operations } of inFlight)
      if (!this.#requests.has(request)) this.#requests.set(request, operations);
  }
}

/** The lane of what was read or written; undefined if that is another item, or is damaged. */
function laneIn(holder: unknown) {
  const item = laneItemSchema.safeParse(holder);
  return item.success ? laneSchema.safeParse(parseJson(item.data.Item.lane.S)).data : undefined;
}

function told({ operation, status, progress, charges, error, parked }: SeenRow): string {
  const facts = [
    operation.generation > 0 ? `retry ${operation.generation}` : "",
    progress.stepsDone > 0 ? `${progress.stepsDone} steps done` : "",
    progress.uncertain ? "possibly applied" : "",
    progress.most === undefined ? "" : `at most ${progress.most} together`,
    parked === undefined ? "" : `parked: ${parked.reason}`,
    charges > 0 ? `${charges} charges` : "",
    error === undefined ? "" : `${error.code} at step ${error.step ?? "?"}${error.certain ? "" : ", uncertain"}`,
  ].filter((fact) => fact !== "");
  return facts.length === 0 ? status : `${status} (${facts.join(", ")})`;
}
