import { Command } from "@commander-js/extra-typings";
import type { OperationsClient } from "../../client/operations-client.ts";
import { collected, mapped } from "../items.ts";
import { wrapped } from "../output/details.ts";
import { followUp } from "../output/follow-up.ts";
import { lookOf } from "../output/look.ts";
import { printLine } from "../output/print.ts";
import { decideText, heldColumns, heldRow, otherCountText, removalsText } from "../output/removals.ts";
import { printTable } from "../output/table.ts";
import { connect, connectToRemovals } from "../service/connection.ts";
import type { Surroundings } from "../surroundings.ts";
import { cancelRemovalsCommand, releaseRemovalsCommand } from "./decide-removals.ts";
import { examples, jsonOption, urlOption } from "./options.ts";

export function removalsCommand(surroundings: Surroundings) {
  return new Command("removals")
    .description("show removals of people that are held, because there were too many")
    .addOption(jsonOption("print how removals stand, and the operations that are held, as JSON"))
    .addOption(urlOption())
    .addHelpText(
      "after",
      examples(
        ["umapi removals", "who is to be removed, and who asked for it"],
        ["umapi removals release 3f2a9c01b7de", "if that is right"],
        ["umapi removals cancel 3f2a9c01b7de", "if it is a mistake"],
      ),
    )
    .enablePositionalOptions()
    .addCommand(releaseRemovalsCommand(surroundings))
    .addCommand(cancelRemovalsCommand(surroundings))
    .action(async ({ json, url }) => {
      const { stdout, environment, clock } = surroundings;
      const view = await (await connectToRemovals(url, surroundings)).show();
      const { held, hash } = view;
      const operations = hash === undefined ? nothing() : heldIn(await connect(url, surroundings));
      if (json)
        return await printLine(stdout, JSON.stringify({ ...view, operations: await collected(operations) }, null, 2));
      const look = lookOf(stdout, environment);
      await printLine(stdout, removalsText(view, look));
      if (hash === undefined) return;
      const now = clock.now();
      let listed = 0;
      const rows = mapped(operations, (operation) => {
        listed++;
        return heldRow(operation, now);
      });
      await printTable(stdout, look, heldColumns, rows, "None of them is listed.");
      for (const text of otherCountText(held, listed)) await printLine(stdout, wrapped(text, look).join("\n"));
      await printLine(stdout, decideText(hash, followUp(url, surroundings)));
    });
}

const heldIn = (api: OperationsClient) => api.list({ waiting: "removal-limit" });

async function* nothing(): ReturnType<typeof heldIn> {}
