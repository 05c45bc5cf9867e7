import { CommandError } from "../errors.ts";
import { type Entry, handedOn } from "../input/input.ts";
import { printLine } from "../output/print.ts";
import type { Progress } from "../output/progress.ts";
import { counted, grouped } from "../output/text.ts";
import type { Surroundings } from "../surroundings.ts";
import type { Call } from "./calls.ts";
import { callOf } from "./operation.ts";
import type { OperationsApi } from "./operations-api.ts";
import { ApiError } from "./problem.ts";

/** What the service's clock may differ by from ours. */
const skewMs = 60_000;
/** The most faults that the message of a refusal names. */
const mostFaults = 10;

/**
 * Hands in call after call, and says so where one was handed in before.
 *
 * @returns the operations' ids, in order
 * @throws CommandError that says what was handed in, and how to go on
 */
export async function handIn(
  calls: readonly Call[],
  api: OperationsApi,
  testOnly: boolean,
  progress: Progress,
  surroundings: Surroundings,
): Promise<string[]> {
  const { clock, ifStopped } = surroundings;
  const ids: string[] = [];
  const total = calls.reduce((sum, { entries }) => sum + entries.length, 0);
  const done = () => {
    const part = ids.length === 0 ? "Nothing" : `${grouped(ids.length)} of ${counted(total, "operation")}`;
    return `${part} ${ids.length > 1 ? "are" : "is"} known to be handed in.`;
  };
  const goOn = () => `${done()} The same command goes on from here, and does nothing twice.`;
  ifStopped(goOn);
  const startedAt = clock.now();
  for (const { key, entries } of calls) {
    const commands = entries.map(handedOn);
    try {
      ids.push(...(await api.handIn(commands, key, testOnly)));
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      const isRefusal = error instanceof ApiError && error.isRefusal;
      const refused =
        ids.length === 0
          ? "Nothing was handed in."
          : `${done()} Once the file is mended, the same command goes on: what is handed in is not done twice.`;
      throw new CommandError(`${error.message}${refusedAt(error, entries)} ${isRefusal ? refused : goOn()}`, {
        cause: error,
      });
    }
    if (calls.length > 1) progress.handedIn(ids.length, total);
  }
  progress.end();
  ifStopped(() => areHandedIn(total));
  await sayIfRepeated(ids, api, startedAt, surroundings);
  return ids;
}

/** What is left to say to who no longer waits. */
export function areHandedIn(count: number): string {
  const [are, go] = count === 1 ? ["is", "goes"] : ["are", "go"];
  return `${counted(count, "operation")} ${are} handed in, and ${go} on without this. Run the same command again to watch.`;
}

/** Where in the file the service found what it refuses. */
function refusedAt(error: CommandError, entries: readonly Entry[]): string {
  const { errors = [], moreErrors = 0 } = error instanceof ApiError ? (error.problem ?? {}) : {};
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

/** A key that came before gave the operations of then. */
async function sayIfRepeated(
  ids: readonly string[],
  api: OperationsApi,
  startedAt: number,
  { stderr }: Surroundings,
): Promise<void> {
  const calls = new Map(ids.map((id) => [callOf(id), id]));
  const before: string[] = [];
  for (const id of calls.values()) {
    const acceptedAt = await acceptedAtOf(id, api);
    if (acceptedAt !== undefined && Date.parse(acceptedAt) < startedAt - skewMs) before.push(acceptedAt);
  }
  const [first] = before;
  if (first === undefined) return;
  const what = before.length === calls.size ? "This" : "Some of this";
  await printLine(
    stderr,
    `${what} was handed in before, at ${first}, and is not done twice. To hand it in anew, give it a --key.`,
  );
}

/** It is but a courtesy: who cannot tell says nothing. */
async function acceptedAtOf(id: string, api: OperationsApi): Promise<string | undefined> {
  try {
    return (await api.operation(id))?.acceptedAt;
  } catch (error) {
    if (error instanceof CommandError) return undefined;
    throw error;
  }
}
