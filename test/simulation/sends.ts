import type { Operation, OperationId } from "../../shared/operation/operation.ts";
import type { Clock } from "../../shared/time/clock.ts";
import type { Command } from "../../shared/umapi/command.ts";
import { naivelyConflict } from "../support/naive-rules.ts";
import type { FlowWatch } from "./flow-watch.ts";
import type { LedgerWatch } from "./ledger-watch.ts";
import { nameOf, namesIn } from "./names.ts";

/** One command as it was sent, and its root. */
export interface SentCommand {
  readonly command: Command;
  readonly root: string;
  /** The command whole, by which it is known again; undefined where steps recur, as they then may in the next slice. */
  readonly text: string | undefined;
}

interface Send {
  readonly at: number;
  /** Whether Adobe may still apply it, or its fate is known. */
  state: "open" | "ended";
  readonly testOnly: boolean;
  readonly commands: readonly (SentCommand & { readonly operations: readonly OperationId[] })[];
}

/** The service waits 135 s, by clocks that differ, before it sends what Adobe has not answered again. */
const openMs = 125_000;

/**
 * Compares each action request with those before it: what Adobe may still apply, or has applied, must not be sent again
 * unmarked; and Adobe never has two commands at once whose order matters.
 */
export class Sends {
  readonly violations: string[] = [];
  /** Operations of which a caller was told that they are canceled. */
  readonly canceled = new Set<string>();
  /** How far the clock of an invocation may be ahead, in milliseconds. */
  skewMs = 0;
  readonly #clock: Clock;
  readonly #ledger: LedgerWatch;
  readonly #queued: ReadonlyMap<OperationId, Operation>;
  readonly #flow: FlowWatch;
  /** Those whose fate is not known, by id. */
  readonly #requests = new Map<string, Send>();
  readonly #latest = new Map<OperationId, Send>();
  /** When a command was sent that Adobe has done, by operation and text. */
  readonly #done = new Map<string, number>();

  constructor(clock: Clock, ledger: LedgerWatch, queued: ReadonlyMap<OperationId, Operation>, flow: FlowWatch) {
    this.#flow = flow;
    this.#clock = clock;
    this.#ledger = ledger;
    this.#queued = queued;
  }

  /** A request is on its way. */
  sent(request: string, commands: readonly SentCommand[], testOnly: boolean): void {
    const send: Send = {
      at: this.#clock.now(),
      state: "open",
      testOnly,
      commands: commands.map((command) => ({ ...command, operations: this.#operationsOf(request, command) })),
    };
    for (const { text, operations } of send.commands)
      for (const id of operations) {
        this.#mayGo(id, text);
        this.#flow.sent(id);
        this.#latest.set(id, send);
      }
    if (!testOnly) this.#mayGoBeside(send);
    this.#requests.set(request, send);
  }

  /** It is known whether Adobe has applied the request. `done`: the places of the commands that it has. */
  ended(request: string, done: readonly number[] = []): void {
    const send = this.#requests.get(request);
    if (send === undefined) return;
    send.state = "ended";
    this.#requests.delete(request);
    for (const index of done) {
      const { operations = [], text } = send.commands[index] ?? {};
      if (text !== undefined) for (const id of operations) this.#done.set(`${id} ${text}`, send.at);
    }
  }

  /** Adobe may apply requests that it has at once in any order. */
  #mayGoBeside({ at, commands }: Send): void {
    for (const other of this.#requests.values()) {
      if (other.testOnly || at >= other.at + openMs) continue;
      for (const mine of commands)
        for (const theirs of other.commands)
          if (
            naivelyConflict(mine.command, theirs.command) &&
            !theirs.operations.some((id) => mine.operations.includes(id))
          )
            this.violations.push(
              `${mine.operations} was sent ${at - other.at} ms after ${theirs.operations}, which Adobe might still apply`,
            );
    }
  }

  #mayGo(id: OperationId, text: string | undefined): void {
    const now = this.#clock.now();
    const { notBefore = 0 } = this.#queued.get(id) ?? {};
    if (now < notBefore - this.skewMs) this.violations.push(`${id} was sent ${notBefore - now} ms before its time`);
    if (this.canceled.has(id)) this.violations.push(`${id} was sent after it was canceled`);
    const latest = this.#latest.get(id);
    if (latest?.state === "open" && now < latest.at + openMs)
      this.violations.push(`${id} was sent again after ${now - latest.at} ms, while Adobe might still apply it`);
    const doneSentAt = this.#done.get(`${id} ${text}`);
    const progress = this.#ledger.row(id)?.progress;
    // Different steps of one operation may have the same text if they are sent one by one.
    if (doneSentAt === undefined || progress?.oneStep) return;
    if (now < doneSentAt + openMs || progress?.uncertain !== true)
      this.violations.push(`${id} was sent again after ${now - doneSentAt} ms, and Adobe has done it`);
  }

  /** No two commands of a request touch one root, so that the root tells whose a command is. */
  #operationsOf(request: string, { root }: SentCommand): OperationId[] {
    const name = nameOf(root) ?? root;
    return this.#ledger.operationsOf(request).filter((id) => {
      const { command } = this.#queued.get(id) ?? this.#ledger.row(id)?.operation ?? {};
      return command !== undefined && namesIn(command).includes(name);
    });
  }
}
