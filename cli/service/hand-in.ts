import { RefusedError } from "../../client/errors.ts";
import type { OperationsClient } from "../../client/operations-client.ts";
import type { SubmitOptions, SubmittedCall } from "../../client/options.ts";
import { CommandError } from "../errors.ts";
import { type Entry, handedOn } from "../input/input.ts";
import { type Repeats, repeatsAmong } from "../operations/repeats.ts";
import { wrapped } from "../output/details.ts";
import { lookOf } from "../output/look.ts";
import { printLine } from "../output/print.ts";
import type { Progress } from "../output/progress.ts";
import { repeatsText } from "../output/repeats.ts";
import { counted, grouped } from "../output/text.ts";
import type { Surroundings } from "../surroundings.ts";
import { commandErrorOf } from "./client-error.ts";

export interface HandedIn {
  /** Of the operations, in order. */
  readonly ids: readonly string[];
  readonly repeats: Repeats;
}

/** The most faults that the message of a refusal names. */
const mostFaults = 10;

/**
 * Submits what a file asks for, and says so where it was submitted before.
 *
 * @throws CommandError that says what was submitted, and how to go on
 */
export async function handIn(
  entries: readonly Entry[],
  api: OperationsClient,
  options: Pick<SubmitOptions, "name" | "testOnly">,
  progress: Progress,
  surroundings: Surroundings,
): Promise<HandedIn> {
  const { clock, environment, stderr, ifStopped } = surroundings;
  const accepted: SubmittedCall[] = [];
  const total = entries.length;
  const count = () => accepted.reduce((sum, { ids }) => sum + ids.length, 0);
  const done = () => {
    const part = count() === 0 ? "Nothing" : `${grouped(count())} of ${counted(total, "operation")}`;
    return `${part} ${count() > 1 ? "are" : "is"} known to be submitted.`;
  };
  const goOn = () => `${done()} The same command goes on from here, and does nothing twice.`;
  ifStopped(goOn);
  const startedAt = clock.now();
  const onCall = (call: SubmittedCall) => {
    accepted.push(call);
    if (call.ids.length < total) progress.handedIn(count(), total);
  };
  try {
    await api.submit(entries.map(handedOn), { ...options, onCall });
  } catch (error) {
    const told = commandErrorOf(error);
    if (told === undefined) throw error;
    const refused =
      count() === 0
        ? "Nothing was submitted."
        : `${done()} Once the file is mended, the same command goes on: what is submitted is not done twice.`;
    throw new CommandError(
      `${told.message}${refusedAt(error, entries)} ${error instanceof RefusedError ? refused : goOn()}`,
      { cause: error },
    );
  }
  progress.end();
  ifStopped(() => areHandedIn(total));
  const repeats = await repeatsAmong(accepted, api, startedAt);
  if (repeats.size > 0) {
    const text = repeatsText(repeats, total, clock.now());
    await printLine(stderr, wrapped(text, lookOf(stderr, environment)).join("\n"));
  }
  return { ids: accepted.flatMap(({ ids }) => ids), repeats };
}

/** What is left to say to who no longer waits. */
export function areHandedIn(count: number): string {
  const [are, go] = count === 1 ? ["is", "goes"] : ["are", "go"];
  return `${counted(count, "operation")} ${are} submitted, and ${go} on without this. Run the same command again to watch.`;
}

/** Where in the file the service found what it refuses. */
function refusedAt(error: unknown, entries: readonly Entry[]): string {
  const { errors = [], moreErrors = 0 } = error instanceof RefusedError ? (error.problem ?? {}) : {};
  const more = Math.max(0, errors.length - mostFaults) + moreErrors;
  const named = errors
    .slice(0, mostFaults)
    .map(({ pointer, detail }) => {
      const [, index = "", ...rest] = pointer.split("/");
      const at = (index === "" ? undefined : entries[Number(index)]?.at) ?? "the call";
      return ` ${[at, ...(rest.length === 0 ? [] : [`/${rest.join("/")}`])].join(", ")}: ${detail}.`;
    })
    .join("");
  return more === 0 ? named : `${named} And ${grouped(more)} more.`;
}
