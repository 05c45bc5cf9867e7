import { Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { CommandError, Unsuccessful } from "../errors.ts";
import { type Input, identityTypes } from "../input/input.ts";
import { nameOf, readInput } from "../input/read-input.ts";
import { callsOf } from "../operations/calls.ts";
import { connect } from "../operations/connection.ts";
import { follow } from "../operations/follow.ts";
import { areHandedIn, handIn } from "../operations/hand-in.ts";
import type { Operation } from "../operations/operation.ts";
import type { OperationsApi } from "../operations/operations-api.ts";
import { failureTexts, listCommands, summary } from "../output/operations.ts";
import { printLine } from "../output/print.ts";
import { Progress } from "../output/progress.ts";
import { counted, grouped } from "../output/text.ts";
import type { Surroundings } from "../surroundings.ts";
import { examples, jsonOption, urlOption } from "./options.ts";

/** The most faults that are written one by one. */
const mostFaults = 50;

export function submitCommand(surroundings: Surroundings) {
  return new Command("submit")
    .description("hand in operations from a file, or from standard input as -")
    .argument("<file>", "commands as JSON, JSON lines or CSV; - for standard input")
    .option("-w, --wait", "wait until every operation has succeeded or failed", false)
    .option("--test-only", "have Adobe check everything and change nothing", false)
    .option("--skip-bad", "hand in the good lines although there are bad ones", false)
    .addOption(
      new Option("--type <type>", "CSV: the kind of account, where a line does not say")
        .choices(identityTypes)
        .default("federatedID" as const),
    )
    .addOption(
      new Option("--if-exists <what>", "CSV: what to do with a user who is there already")
        .choices(["update", "ignore", "fail"] as const)
        .default("update" as const),
    )
    .option("--key <text>", "hand in under this key: the same file under a new key is handed in anew", keyText)
    .addOption(jsonOption("print the operations as JSON"))
    .addOption(urlOption())
    .addHelpText(
      "after",
      examples(
        ["umapi submit joiners.csv --wait", "hand in a CSV file and see it through"],
        ["umapi submit joiners.csv --wait --test-only", "have Adobe check it first"],
        ["umapi submit - < commands.json", "hand in commands of Adobe's User Management API"],
      ) + formats,
    )
    .action(async (file, options) => {
      const input = await readInput(file, { type: options.type, ifExists: options.ifExists }, surroundings);
      await refuseFaults(input, file, options.skipBad, surroundings);
      const progress = new Progress(surroundings.stderr, surroundings.clock);
      const api = await connect(options.url, { ...surroundings, stderr: progress.aside });
      const calls = callsOf(input.entries, options.testOnly, options.key);
      const ids = await handIn(calls, api, options.testOnly, surroundings);
      const operations = options.wait ? await seeThrough(ids, api, progress, surroundings) : undefined;
      if (options.json) await printLine(surroundings.stdout, jsonOf(operations ?? ids));
      else await report(ids, operations, surroundings);
      const isAllGood = operations?.every(({ status }) => status === "succeeded") ?? true;
      if (!isAllGood || input.faults.length > 0) throw new Unsuccessful();
    });
}

const formats = `
CSV has a heading with the columns of Adobe's samples
  upn,mail,firstname,lastname,country_code,groups
or of Adobe's user sync tool
  firstname,lastname,email,country,groups,type,username,domain
in any order; groups are separated by commas (in quotation marks). A username
without @ is one in the email's domain. JSON is what POST /v1/operations takes;
JSON lines has a command a line.

The same file means the same operations for 14 days: run again after a break,
it goes on where it stopped, and does nothing twice.
`;

/** It goes out in a header, with a number behind it. */
function keyText(text: string): string {
  if (/^[\x20-\x7e]{1,200}$/.test(text)) return text;
  throw new InvalidArgumentError("Expected 1 to 200 letters, digits or other printable ASCII characters.");
}

/** @throws CommandError unless there is something to hand in, and nothing bad or bad lines may be skipped */
async function refuseFaults({ entries, faults }: Input, file: string, skipBad: boolean, { stderr }: Surroundings) {
  const name = nameOf(file);
  const lines = faults.map(({ at, detail }) => `${name}, ${at}: ${detail}`);
  const [only, ...others] = lines;
  if (only !== undefined && !skipBad && others.length === 0)
    throw new CommandError(`${only}. Nothing was handed in: mend it, or leave it out with --skip-bad.`);
  for (const line of lines.slice(0, mostFaults)) await printLine(stderr, line);
  if (lines.length > mostFaults) await printLine(stderr, `… and ${grouped(lines.length - mostFaults)} more`);
  if (lines.length > 0 && !skipBad)
    throw new CommandError(
      `Nothing was handed in: ${counted(lines.length, "fault")} in ${name}. Mend them, or leave them out with --skip-bad.`,
    );
  if (entries.length === 0) throw new CommandError(`There is nothing to hand in in ${name}.`);
}

async function seeThrough(
  ids: readonly string[],
  api: OperationsApi,
  progress: Progress,
  { clock }: Surroundings,
): Promise<Operation[]> {
  try {
    return await follow(api, ids, clock, (standing) => progress.show(standing));
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw new CommandError(`${error.message} ${areHandedIn(ids.length)}`, { cause: error });
  } finally {
    progress.end();
  }
}

function jsonOf(operations: readonly (Operation | string)[]): string {
  const shown = operations.map((each) => (typeof each === "string" ? { id: each, status: "queued" } : each));
  return JSON.stringify(shown, undefined, 2);
}

async function report(
  ids: readonly string[],
  operations: readonly Operation[] | undefined,
  { stdout }: Surroundings,
): Promise<void> {
  for (const text of failureTexts(operations ?? [])) await printLine(stdout, text);
  if (operations !== undefined) await printLine(stdout, summary(operations));
  else
    await printLine(
      stdout,
      [
        `${counted(ids.length, "operation")} ${ids.length === 1 ? "is" : "are"} handed in. See what becomes of ${ids.length === 1 ? "it" : "them"}:`,
        ...listCommands(ids),
      ].join("\n  "),
    );
}
