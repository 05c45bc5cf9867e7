import { Command, Option } from "@commander-js/extra-typings";
import { ownReasons } from "../../shared/api/wait-reasons.ts";
import { statuses } from "../../shared/operation/status.ts";
import { first, mapped } from "../items.ts";
import { wrapped } from "../output/details.ts";
import { lookOf } from "../output/look.ts";
import { operationColumns, operationRow } from "../output/operation-table.ts";
import { printJsonArray, printLine } from "../output/print.ts";
import { printTable } from "../output/table.ts";
import { queueWaits } from "../output/waiting.ts";
import { connect } from "../service/connection.ts";
import type { Surroundings } from "../surroundings.ts";
import { printCsv } from "./list-csv.ts";
import { examples, jsonOption, urlOption, wholeNumber } from "./options.ts";

export function listCommand(surroundings: Surroundings) {
  return new Command("list")
    .description("list operations, the newest first")
    .addOption(new Option("--status <status>", "only those").choices(statuses))
    .option("--user <who>", "only those on this user, by email or username")
    .option("--call <call>", "only those of one call, in the order submitted: what their ids have before the hyphen")
    .addOption(new Option("--waiting <reason>", "only those in the waiting room for this reason").choices(ownReasons))
    .option("--limit <count>", "how many at most (default: 50; with --csv all)", wholeNumber)
    .addOption(jsonOption("print the operations as a JSON array"))
    .addOption(
      new Option("--csv", "write a CSV file for umapi submit, with the reason why each failed").conflicts("json"),
    )
    .addOption(urlOption())
    .addHelpText(
      "after",
      examples(
        ["umapi list --status failed", "what has failed lately, and why"],
        ["umapi list --user jane.doe@example.com", "the operations on Jane"],
        ["umapi list --status queued --limit 1000 --json", "what waits, for a program"],
        ["umapi list --status failed --csv > failed.csv", "mend them, and submit only those"],
      ),
    )
    .action(async ({ status, user, call, waiting, limit, json, csv, url }) => {
      const { clock, environment, stdout } = surroundings;
      const api = await connect(url, surroundings);
      const operations = first(
        limit ?? (csv ? Number.POSITIVE_INFINITY : 50),
        api.list({ status, user, call, waiting }),
      );
      if (csv) await printCsv(operations, api, surroundings);
      else if (json) await printJsonArray(stdout, operations);
      else {
        const now = clock.now();
        let wait: string | undefined;
        const rows = mapped(operations, (operation) => {
          wait ??= queueWaits(operation.waiting, now);
          return operationRow(operation, now);
        });
        const look = lookOf(stdout, environment);
        await printTable(stdout, look, operationColumns, rows, "There is no such operation.");
        if (wait !== undefined) await printLine(stdout, wrapped(wait, look).join("\n"));
      }
    });
}
