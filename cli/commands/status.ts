import { Command } from "@commander-js/extra-typings";
import { RefusedError } from "../../client/errors.ts";
import { hasFailed, type SeenOperation } from "../../client/seen-operation.ts";
import { CommandError, Unsuccessful } from "../errors.ts";
import { lookOf } from "../output/look.ts";
import { operationText } from "../output/operation-text.ts";
import { printJsonArray, printLine } from "../output/print.ts";
import { unreadableText } from "../output/unreadable.ts";
import { connect } from "../service/connection.ts";
import type { Surroundings } from "../surroundings.ts";
import { examples, jsonOption, urlOption } from "./options.ts";

export function statusCommand(surroundings: Surroundings) {
  return new Command("status")
    .description("show what became of operations; exit code 1 if one has failed")
    .argument("<id...>", "ids of operations")
    .addOption(jsonOption("print the operations as a JSON array"))
    .addOption(urlOption())
    .addHelpText(
      "after",
      examples([
        "umapi status 0123456789abcdef0123456789abcdef-000",
        "what it was, and whether it succeeded, what it waits for, or why it failed",
      ]),
    )
    .action(async (ids, { url, json }) => {
      const api = await connect(url, surroundings);
      const operations: SeenOperation[] = [];
      const unknown: string[] = [];
      const unreadable: string[] = [];
      for (const id of ids) {
        const operation = await readable(() => api.operation(id));
        if (operation === "unreadable") unreadable.push(JSON.stringify(id));
        else if (operation === undefined) unknown.push(JSON.stringify(id));
        else operations.push(operation);
      }
      const { clock, environment, stdout } = surroundings;
      const look = lookOf(stdout, environment);
      if (json) await printJsonArray(stdout, operations);
      else for (const operation of operations) await printLine(stdout, operationText(operation, look, clock.now()));
      if (unreadable.length > 0) throw new CommandError(unreadableText(unreadable));
      if (unknown.length > 0)
        throw new CommandError(`There is no operation ${unknown.join(", ")}, or it is no longer kept.`);
      if (operations.some(hasFailed)) throw new Unsuccessful();
    });
}

async function readable<Result>(ask: () => Promise<Result>): Promise<Result | "unreadable"> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof RefusedError && error.kind === "unreadable") return "unreadable";
    throw error;
  }
}
