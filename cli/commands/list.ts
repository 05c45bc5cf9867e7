import { Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { statuses } from "../../shared/operation/status.ts";
import { first, mapped } from "../items.ts";
import { connect } from "../operations/connection.ts";
import { operationHeading, operationRow } from "../output/operations.ts";
import { printJsonArray } from "../output/print.ts";
import { printTable } from "../output/table.ts";
import type { Surroundings } from "../surroundings.ts";
import { examples, jsonOption, urlOption } from "./options.ts";

export function listCommand(surroundings: Surroundings) {
  return new Command("list")
    .description("list operations, the newest first")
    .addOption(new Option("--status <status>", "only those").choices(statuses))
    .option("--user <who>", "only those on this user, by email or username")
    .option("--call <call>", "only those of one call, in the order handed in: what their ids have before the hyphen")
    .option("--limit <count>", "the most to list", wholeNumber, 50)
    .addOption(jsonOption("print the operations as a JSON array"))
    .addOption(urlOption())
    .addHelpText(
      "after",
      examples(
        ["umapi list --status failed", "what has failed lately, and why"],
        ["umapi list --user jane.doe@example.com", "what was done about Jane"],
        ["umapi list --status queued --limit 1000 --json", "what waits, for a program"],
      ),
    )
    .action(async ({ status, user, call, limit, json, url }) => {
      const { stdout } = surroundings;
      const api = await connect(url, surroundings);
      const operations = first(limit, api.list({ status, user, call }));
      if (json) await printJsonArray(stdout, operations);
      else await printTable(stdout, operationHeading, mapped(operations, operationRow));
    });
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Expected a whole number from 1.");
}
