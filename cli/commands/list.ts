import { Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { ownReasons } from "../../shared/ledger/own-wait.ts";
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
    .addOption(
      new Option("--status <status>", "only those").choices(["queued", "succeeded", "failed", "canceled"] as const),
    )
    .option("--user <who>", "only those on this user, by email or username")
    .option("--call <call>", "only those of one call, in the order handed in: what their ids have before the hyphen")
    .addOption(
      new Option("--waiting <reason>", "only those that wait for this on their own account").choices(ownReasons),
    )
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
    .action(async ({ status, user, call, waiting, limit, json, url }) => {
      const { stdout } = surroundings;
      const api = await connect(url, surroundings);
      const operations = first(limit, api.list({ status, user, call, waiting }));
      if (json) await printJsonArray(stdout, operations);
      else await printTable(stdout, operationHeading, mapped(operations, operationRow));
    });
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Expected a whole number from 1.");
}
