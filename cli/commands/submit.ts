import { Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { hasFailed } from "../../client/seen-operation.ts";
import { countryCode } from "../../shared/umapi/countries.ts";
import { Unsuccessful } from "../errors.ts";
import { nameOf } from "../files.ts";
import { likelyCountry } from "../input/countries.ts";
import { columnNames } from "../input/csv/column-names.ts";
import { didYouMean } from "../input/did-you-mean.ts";
import { actions, identityTypes, ifExistsChoices } from "../input/input.ts";
import { readInput } from "../input/read-input.ts";
import { isGood } from "../operations/operation.ts";
import { forPrograms } from "../operations/repeats.ts";
import { followUp } from "../output/follow-up.ts";
import { lookOf } from "../output/look.ts";
import { mendText } from "../output/mend.ts";
import { handedInText, outcomeText } from "../output/outcome.ts";
import { printJsonArray, printLine } from "../output/print.ts";
import { Progress } from "../output/progress.ts";
import { connect } from "../service/connection.ts";
import { areHandedIn, handIn } from "../service/hand-in.ts";
import { seeThrough } from "../service/see-through.ts";
import type { Surroundings } from "../surroundings.ts";
import { examples, jsonOption, urlOption } from "./options.ts";
import { confirmRemovals, refuseFaults } from "./submit-checks.ts";

export function submitCommand(surroundings: Surroundings) {
  return new Command("submit")
    .description("submit operations from a file, or from standard input as -")
    .argument("<file>", "commands as JSON, JSON lines or CSV; - for standard input")
    .option("-w, --wait", "wait until every operation has succeeded or failed")
    .option("--test-only", "have Adobe check everything and change nothing")
    .option("--skip-bad", "submit the good lines, and leave the bad ones out")
    .addOption(new Option("--action <what>", "CSV: what to do, for lines without an action").choices(actions))
    .option("-y, --yes", "CSV: remove people, or take groups from them, without being asked")
    .addOption(
      new Option("--type <type>", "CSV: the type of account, for lines without a type")
        .choices(identityTypes)
        .default("federatedID" as const),
    )
    .option("--country <country>", "CSV: the country, for lines without one", country)
    .addOption(
      new Option("--if-exists <what>", "CSV: what to do with a user who exists already")
        .choices(ifExistsChoices)
        .default("update" as const),
    )
    .option("--columns <names>", "CSV: what columns are called, for example email=Mail,country=Land", columnNames)
    .option("--key <text>", "submit the file once more for each new text")
    .addOption(jsonOption("print the operations as a JSON array"))
    .addOption(urlOption())
    .addHelpText(
      "after",
      examples(
        ["umapi submit joiners.csv --wait", "submit a CSV file and see it through"],
        ["umapi submit joiners.csv --wait --test-only", "have Adobe check it first"],
        ["umapi submit leavers.csv --action remove", "remove people from the organisation"],
        ["umapi submit - < commands.json", "submit commands of Adobe's User Management API"],
      ) + formats,
    )
    .action(async (file, { skipBad = false, testOnly = false, yes = false, wait, key, json, url, ...csv }) => {
      const { clock, environment, stdout, stderr } = surroundings;
      const name = nameOf(file);
      const input = await readInput(file, csv, surroundings);
      await refuseFaults(input, name, skipBad, surroundings);
      if (!testOnly) await confirmRemovals(input, name, yes, surroundings);
      const progress = new Progress(stderr, clock);
      const api = await connect(url, { ...surroundings, stderr: progress.aside });
      const { ids, repeats } = await handIn(input.entries, api, { name: key ?? "", testOnly }, progress, surroundings);
      const operations =
        wait === undefined ? undefined : await seeThrough(ids, api, progress, areHandedIn(ids.length), surroundings);
      const next = followUp(url, surroundings);
      if (json) await printJsonArray(stdout, forPrograms(ids, operations, repeats));
      else if (operations === undefined) await printLine(stdout, handedInText(ids, repeats.size, next));
      else {
        const look = lookOf(stdout, environment);
        await printLine(stdout, outcomeText(operations, { followUp: next, look, repeats, testOnly }));
      }
      const failed = operations?.filter(hasFailed).map(({ id }) => id) ?? [];
      if (failed.length > 0 && input.form === "CSV" && !json) await printLine(stdout, mendText(failed, next));
      const isAllGood = operations?.every(isGood) ?? true;
      if (!isAllGood || input.faults.length > 0) throw new Unsuccessful();
    });
}

const formats = `
CSV has a heading, whose columns are told by what people call them: those of
Adobe's samples, its sync tool and its Admin Console, and many others.
  email or mail, username or upn, firstname, lastname, country or country_code,
  groups, type, domain; action, add_groups, remove_groups, email_new
JSON is what POST /v1/operations takes; JSON lines has a command a line.
docs/files.md has all about files.

The same file means the same operations for 14 days: run again after a break,
it goes on where it stopped, and does nothing twice. What had succeeded before
is counted as repeated; --key submits it again.
`;

function country(text: string): string {
  const code = countryCode(text);
  if (code !== undefined) return code;
  throw new InvalidArgumentError(`It is not a country${didYouMean(likelyCountry(text))}. Expected one such as GB.`);
}
