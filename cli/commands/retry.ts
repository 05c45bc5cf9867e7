import { Command } from "@commander-js/extra-typings";
import { RefusedError } from "../../client/errors.ts";
import type { OperationsClient } from "../../client/operations-client.ts";
import { CommandError, Unsuccessful } from "../errors.ts";
import { collected } from "../items.ts";
import { isGood, isWorthRetrying } from "../operations/operation.ts";
import { followUp } from "../output/follow-up.ts";
import { lookOf } from "../output/look.ts";
import { outcomeText } from "../output/outcome.ts";
import { printJsonArray, printLine } from "../output/print.ts";
import { Progress } from "../output/progress.ts";
import { counted } from "../output/text.ts";
import { commandErrorOf } from "../service/client-error.ts";
import { connect } from "../service/connection.ts";
import { seeThrough } from "../service/see-through.ts";
import type { Surroundings } from "../surroundings.ts";
import { examples, jsonOption, urlOption } from "./options.ts";

export function retryCommand(surroundings: Surroundings) {
  return new Command("retry")
    .description("queue failed operations again, behind all that waits")
    .argument("[id...]", "ids of operations")
    .option(
      "--call <call>",
      "all failed operations of this call (what ids have before the hyphen) that a retry may help",
    )
    .option("--confirm", "also if newer work on the same user or group has succeeded")
    .option("-w, --wait", "wait until each has succeeded or failed")
    .addOption(jsonOption("print the retried operations as a JSON array"))
    .addOption(urlOption())
    .addHelpText(
      "after",
      examples(["umapi retry 0123456789abcdef0123456789abcdef-000 --wait", "once the cause is mended"]),
    )
    .action(async (ids, { call, confirm = false, wait, json, url }) => {
      const { clock, stdout, stderr } = surroundings;
      const progress = new Progress(stderr, clock);
      const api = await connect(url, { ...surroundings, stderr: progress.aside });
      if (ids.length === 0 && call === undefined) throw new CommandError("Name operations by their ids, or by --call.");
      const found = call === undefined ? { worthIt: [], hopeless: 0 } : await failedOf(call, api, surroundings);
      const wanted = [...ids, ...found.worthIt];
      const retried = await retryEach(wanted, confirm, api, surroundings);
      const operations =
        wait === undefined
          ? undefined
          : await seeThrough(retried, api, progress, queuedAgain(retried.length), surroundings);
      if (json) await printJsonArray(stdout, operations ?? retried.map((id) => ({ id, status: "queued" })));
      else if (operations === undefined || operations.length === 0)
        await printLine(stdout, queuedAgain(retried.length));
      else {
        const look = lookOf(stdout, surroundings.environment);
        await printLine(stdout, outcomeText(operations, { followUp: followUp(url, surroundings), look }));
      }
      const isAllGood = operations?.every(isGood) ?? true;
      if (!isAllGood || retried.length < wanted.length + found.hopeless) throw new Unsuccessful();
    });
}

const queuedAgain = (count: number) => `${counted(count, "operation")} queued again.`;

/**
 * Finds the failed operations of a call that a retry may help, and says how many others there are.
 *
 * @throws CommandError if none has failed
 */
async function failedOf(
  call: string,
  api: OperationsClient,
  { stderr }: Surroundings,
): Promise<{ readonly worthIt: readonly string[]; readonly hopeless: number }> {
  const failed = await collected(api.list({ call, status: "failed" }));
  if (failed.length === 0) throw new CommandError("No operation of this call has failed.");
  const worthIt = failed.filter(isWorthRetrying).map(({ id }) => id);
  const hopeless = failed.length - worthIt.length;
  if (hopeless > 0)
    await printLine(
      stderr,
      `${counted(hopeless, "operation")} ${hopeless === 1 ? "is" : "are"} left out, because a retry would not help: see the hints. To retry one all the same, name it by its id.`,
    );
  return { worthIt, hopeless };
}

/** @returns the ids of the operations that were retried. It prints why the others were not */
async function retryEach(
  ids: readonly string[],
  confirm: boolean,
  api: OperationsClient,
  { stderr, ifStopped }: Surroundings,
): Promise<string[]> {
  const retried: string[] = [];
  ifStopped(() => queuedAgain(retried.length));
  for (const id of ids) {
    try {
      await api.retry(id, confirm);
      retried.push(id);
    } catch (error) {
      const told = commandErrorOf(error);
      if (told === undefined) throw error;
      if (!(error instanceof RefusedError))
        throw new CommandError(`${told.message} ${queuedAgain(retried.length)}`, { cause: error });
      const reason =
        error.kind === "overtaken"
          ? "newer work on the same user or group has succeeded. To retry all the same, add --confirm."
          : told.message;
      await printLine(stderr, `${JSON.stringify(id)} is not retried: ${reason}`);
    }
  }
  return retried;
}
