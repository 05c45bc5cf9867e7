import { operationRoutes as routes } from "../shared/api/operation-routes.ts";
import { notFound, problemType } from "../shared/api/problem.ts";
import type { OperationRequest } from "../shared/api/requests.ts";
import type { AnswerOf } from "../shared/api/routes.ts";
import type { Clock } from "../shared/time/clock.ts";
import { systemClock } from "../shared/time/system-clock.ts";
import { type Call, callsOf } from "./calls.ts";
import { isPassing, RefusedError, SettingsError, TimeoutError } from "./errors.ts";
import type { Exchange } from "./exchange.ts";
import { exchangeOf } from "./exchange-of.ts";
import type {
  ListFilter,
  OperationsClientOptions,
  SubmitOptions,
  Submitted,
  SubmittedCall,
  WaitOptions,
} from "./options.ts";
import { pagesOf } from "./pages.ts";
import { repointed } from "./repointed.ts";
import { type SeenOperation, seenOperationSchema, seenPageSchema } from "./seen-operation.ts";
import { unfinishedOf, untilEnded } from "./wait.ts";

const operationRoute = { ...routes.operation, answer: seenOperationSchema };
const listRoute = { ...routes.list, answer: seenPageSchema };
const cancelRoute = { ...routes.cancel, answer: seenOperationSchema };

/** After the service has failed again and again while somebody waits. */
const pauseAfterFailureMs = 15_000;

/**
 * Calls the service's HTTP API. What fails for a moment is asked again; every method may throw `ClientError`.
 *
 * @example
 * const client = new OperationsClient();
 * const submitted = await client.submit([leaver({ user: "jane.doe@example.com" })], { name: event.time });
 * const operations = await client.waitFor(submitted, { timeoutSeconds: 600 });
 */
export class OperationsClient {
  readonly #exchange: Exchange;
  readonly #clock: Clock;
  readonly #onUnreadable: (ids: readonly string[]) => void;
  /** Ids that the caller was told of. */
  readonly #unreadable = new Set<string>();

  /** @throws SettingsError */
  constructor(options: OperationsClientOptions = {}) {
    this.#clock = options.clock ?? systemClock;
    this.#onUnreadable = options.onUnreadable ?? (() => undefined);
    this.#exchange = exchangeOf(options);
  }

  /**
   * Submits any number of operations, call after call. A repeat of what failed half way goes on where it stopped.
   *
   * @throws RefusedError whose problem points into `operations`
   * @throws SettingsError without a name: under one and the same, the next night's work would count as done
   */
  async submit(operations: readonly OperationRequest[], options: SubmitOptions): Promise<Submitted> {
    const { name, testOnly = false, onCall = () => undefined } = options;
    if (typeof name !== "string")
      throw new SettingsError(
        `submit has the name ${name}; expected a text that names the occasion, such as its time.`,
      );
    const calls: SubmittedCall[] = [];
    let before = 0;
    for (const call of await callsOf(operations, name, testOnly)) {
      const submitted = await this.#submitCall(call, testOnly, before);
      calls.push(submitted);
      onCall(submitted);
      before += call.operations.length;
    }
    return { ids: calls.flatMap(({ ids }) => ids), calls };
  }

  async #submitCall({ key, operations }: Call<OperationRequest>, testOnly: boolean, before: number) {
    try {
      const { answer, isReplay, tries } = await this.#exchange.ask(routes.submit, {
        headers: { "content-type": "application/json", "idempotency-key": key },
        query: { testOnly: testOnly ? "true" : undefined },
        body: JSON.stringify(operations),
      });
      const repeated = isReplay && tries > 1 ? "perhaps" : isReplay;
      return { ids: answer.operations.map(({ id }) => id), repeated } as const;
    } catch (error) {
      if (error instanceof RefusedError && error.problem !== undefined)
        throw new RefusedError(error.status, repointed(error.problem, before));
      throw error;
    }
  }

  /** @returns undefined if there is no such operation */
  async operation(id: string): Promise<SeenOperation | undefined> {
    return await this.#operation(id);
  }

  async #operation(id: string, signal?: AbortSignal): Promise<SeenOperation | undefined> {
    try {
      return (await this.#exchange.ask(operationRoute, { parameters: { id }, signal })).answer;
    } catch (error) {
      if (error instanceof RefusedError && error.kind === "not-found") return undefined;
      throw error;
    }
  }

  /** Operations from new to old; those of one call as they were submitted. A page is asked for when the last is used up. */
  list(filter: ListFilter = {}): AsyncGenerator<SeenOperation, void, undefined> {
    return this.#list(filter);
  }

  async *#list(filter: ListFilter, signal?: AbortSignal): AsyncGenerator<SeenOperation, void, undefined> {
    const pages = pagesOf(this.#exchange, listRoute, { query: { ...filter }, signal });
    for await (const { operations, unreadable = [] } of pages) {
      this.#tellOfUnreadable(unreadable);
      yield* operations;
    }
  }

  /** Of each once: whoever waits for them asks again and again. */
  #tellOfUnreadable(ids: readonly string[]): void {
    const untold = ids.filter((id) => !this.#unreadable.has(id));
    if (untold.length === 0) return;
    for (const id of untold) this.#unreadable.add(id);
    this.#onUnreadable(untold);
  }

  /**
   * Puts an operation that has failed back, behind all that waits.
   *
   * @param confirmed that newer work on the same user or group may be undone. @default false
   * @throws RefusedError of the kind `not-failed` or `overtaken`
   */
  async retry(id: string, confirmed = false): Promise<void> {
    const query = { confirm: confirmed ? "true" : undefined };
    await this.#exchange.ask(routes.retry, { parameters: { id }, query });
  }

  /** Cancels an operation. @throws RefusedError of the kind `ended` or `in-flight` */
  async cancel(id: string): Promise<SeenOperation> {
    return (await this.#exchange.ask(cancelRoute, { parameters: { id } })).answer;
  }

  /** Cancels what of a call can be. @returns ids. @throws RefusedError if there is no such call */
  async cancelCall(call: string): Promise<AnswerOf<"cancelCall">> {
    return (await this.#exchange.ask(routes.cancelCall, { parameters: { call } })).answer;
  }

  /**
   * Erases what the service keeps of a person: every operation that has ended and names the person, as its root or in a
   * step. One that is given up half way is gone on with by asking again.
   *
   * @param user email or username
   * @returns how many operations were erased, and the ids of those that nobody can read, which are kept
   * @throws RefusedError of the kind `unfinished`, whose problem has the ids of operations that have not ended
   */
  async erase(user: string): Promise<{ readonly erased: number; readonly unreadable: readonly string[] }> {
    const unreadable = new Set<string>();
    let erased = 0;
    let cursor: string | undefined;
    do {
      const { answer } = await this.#exchange.ask(routes.erase, {
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ user, cursor }),
      });
      erased += answer.erased;
      for (const id of answer.unreadable ?? []) unreadable.add(id);
      cursor = answer.cursor;
    } while (cursor !== undefined);
    return { erased, unreadable: [...unreadable] };
  }

  /** Tells how the lane stands. */
  async lane(): Promise<AnswerOf<"lane">> {
    return (await this.#exchange.ask(routes.lane)).answer;
  }

  /** Lets nothing be sent any more until `resume`. Either may be asked for twice. */
  async pause(): Promise<AnswerOf<"pause">> {
    return (await this.#exchange.ask(routes.pause)).answer;
  }

  async resume(): Promise<AnswerOf<"resume">> {
    return (await this.#exchange.ask(routes.resume)).answer;
  }

  /**
   * Waits until every operation has ended, however long Adobe throttles.
   *
   * @param call what `submit` returned, or the call that `list` takes
   * @returns what became of each, in order
   * @throws TimeoutError that says which have not ended
   */
  async waitFor(call: Pick<Submitted, "ids"> | string, options: WaitOptions = {}): Promise<SeenOperation[]> {
    const { timeoutSeconds, onStanding = () => undefined } = options;
    const seen = new Map<string, SeenOperation>();
    const over = new AbortController();
    const ended = new AbortController();
    if (timeoutSeconds !== undefined)
      void this.#clock.sleep(timeoutSeconds * 1000, ended.signal).then(
        () => over.abort(),
        () => undefined,
      );
    const { signal } = over;
    let ids: readonly string[] = [];
    try {
      ids = typeof call === "string" ? await this.#idsOf(call, signal) : call.ids;
      const asked = {
        call: (each: string) => this.#list({ call: each }, signal),
        operation: (id: string) => this.#operation(id, signal),
        sleep: (ms: number) => this.#clock.sleep(ms, signal),
      };
      for (;;) {
        try {
          await untilEnded(ids, asked, seen, onStanding);
          break;
        } catch (error) {
          // Whoever gives a time knows when to give up.
          if (signal.aborted || timeoutSeconds === undefined || !isPassing(error)) throw error;
          await asked.sleep(pauseAfterFailureMs);
        }
      }
    } catch (error) {
      if (!signal.aborted || timeoutSeconds === undefined) throw error;
      throw new TimeoutError(timeoutSeconds, [...seen.values()], unfinishedOf(ids, seen));
    } finally {
      ended.abort();
    }
    return ids.flatMap((id) => seen.get(id) ?? []);
  }

  async #idsOf(call: string, signal: AbortSignal): Promise<string[]> {
    const ids: string[] = [];
    for await (const { id } of this.#list({ call }, signal)) ids.push(id);
    if (ids.length > 0) return ids;
    throw new RefusedError(notFound.status, {
      type: problemType("not-found"),
      ...notFound,
      detail: "There is no operation of this call, or it is no longer kept.",
    });
  }
}
