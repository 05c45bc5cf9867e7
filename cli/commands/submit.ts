import { Command, Option } from "@commander-js/extra-typings";
import { isSuccess } from "../../shared/operation/status.ts";
import { CommandError, Unsuccessful } from "../errors.ts";
import { nameOf } from "../files.ts";
import { type Input, identityTypes } from "../input/input.ts";
import { readInput } from "../input/read-input.ts";
import { callsOf } from "../operations/calls.ts";
import { connect } from "../operations/connection.ts";
import { areHandedIn, handIn } from "../operations/hand-in.ts";
import { seeThrough } from "../operations/see-through.ts";
import { followUp } from "../output/follow-up.ts";
import { handedInText, outcomeText } from "../output/operations.ts";
import { printJsonArray, printLine } from "../output/print.ts";
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
    .option("-w, --wait", "wait until every operation has succeeded or failed")
    .option("--test-only", "have Adobe check everything and change nothing")
    .option("--skip-bad", "hand in the good lines although there are bad ones")
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
    .option("--key <text>", "hand the file in anew, once for each text given")
    .addOption(jsonOption("print the operations as a JSON array"))
    .addOption(urlOption())
    .addHelpText(
      "after",
      examples(
        ["umapi submit joiners.csv --wait", "hand in a CSV file and see it through"],
        ["umapi submit joiners.csv --wait --test-only", "have Adobe check it first"],
        ["umapi submit - < commands.json", "hand in commands of Adobe's User Management API"],
      ) + formats,
    )
    .action(async (file, { type, ifExists, skipBad = false, testOnly = false, wait, key, json, url }) => {
      const { clock, stdout, stderr } = surroundings;
      const input = await readInput(file, { type, ifExists }, surroundings);
      await refuseFaults(input, file, skipBad, surroundings);
      const progress = new Progress(stderr, clock);
      const api = await connect(url, { ...surroundings, stderr: progress.aside });
      const calls = callsOf(input.entries, testOnly, key);
      const ids = await handIn(calls, api, testOnly, progress, surroundings);
      const operations =
        wait === undefined ? undefined : await seeThrough(ids, api, progress, areHandedIn(ids.length), surroundings);
      const next = followUp(url, surroundings);
      if (json) await printJsonArray(stdout, operations ?? ids.map((id) => ({ id, status: "queued" })));
      else if (operations === undefined) await printLine(stdout, handedInText(ids, next));
      else await printLine(stdout, outcomeText(operations, next, testOnly));
      const isAllGood = operations?.every(({ status }) => isSuccess(status)) ?? true;
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

/** @throws CommandError unless there is something to hand in, and nothing bad or bad lines may be skipped */
async function refuseFaults({ entries, faults }: Input, file: string, skipBad: boolean, { stderr }: Surroundings) {
  const name = nameOf(file);
  const lines = faults.map(({ at, detail }) => `${name}, ${at}: ${detail}`);
  const [only, ...others] = lines;
  const mend = (what: string) =>
    `Nothing was handed in: mend ${what}${entries.length === 0 ? "" : `, or leave ${what} out with --skip-bad`}.`;
  if (only !== undefined && !skipBad && others.length === 0) throw new CommandError(`${only}. ${mend("it")}`);
  for (const line of lines.slice(0, mostFaults)) await printLine(stderr, line);
  if (lines.length > mostFaults) await printLine(stderr, `… and ${grouped(lines.length - mostFaults)} more`);
  if (lines.length > 0 && !skipBad)
    throw new CommandError(`${counted(lines.length, "fault")} in ${name}. ${mend("them")}`);
  if (entries.length === 0) throw new CommandError(`There is nothing to hand in in ${name}.`);
}
