import { Command, Option } from "@commander-js/extra-typings";
import { RefusedError } from "../../client/errors.ts";
import { deliveryStatuses } from "../../shared/api/delivery.ts";
import { Unsuccessful } from "../errors.ts";
import { first, mapped } from "../items.ts";
import { deliveryColumns, deliveryRow } from "../output/delivery-table.ts";
import { lookOf } from "../output/look.ts";
import { printJsonArray, printLine } from "../output/print.ts";
import { printTable } from "../output/table.ts";
import { counted } from "../output/text.ts";
import { commandErrorOf } from "../service/client-error.ts";
import { connectToDeliveries } from "../service/connection.ts";
import type { Surroundings } from "../surroundings.ts";
import { examples, jsonOption, urlOption, wholeNumber } from "./options.ts";

export function deliveriesCommand(surroundings: Surroundings) {
  return new Command("deliveries")
    .description("list what webhooks have said of records, the newest first")
    .addOption(new Option("--status <status>", "only those").choices(deliveryStatuses))
    .option("--source <name>", "only those of this source")
    .option("--limit <count>", "how many at most (default: 50)", wholeNumber)
    .addOption(jsonOption("print the deliveries as a JSON array"))
    .addOption(urlOption())
    .addHelpText(
      "after",
      examples(
        ["umapi deliveries --status failed", "what has failed lately, and why"],
        ["umapi deliveries --status set-up", "the key that a sender offers"],
        ["umapi deliveries retry 0123456789abcdef0123456789abcdef", "once the mapping is mended"],
      ),
    )
    .enablePositionalOptions()
    .addCommand(retryCommand(surroundings))
    .action(async ({ status, source, limit = 50, json, url }) => {
      const { clock, environment, stdout } = surroundings;
      const api = await connectToDeliveries(url, surroundings);
      const deliveries = first(limit, api.list({ source, status }));
      if (json) return await printJsonArray(stdout, deliveries);
      const now = clock.now();
      const rows = mapped(deliveries, (delivery) => deliveryRow(delivery, now));
      await printTable(stdout, lookOf(stdout, environment), deliveryColumns, rows, "There is no such delivery.");
    });
}

function retryCommand(surroundings: Surroundings) {
  return new Command("retry")
    .description("map deliveries anew, once the mapping or what it reads is mended")
    .argument("<id...>", "ids of deliveries")
    .addOption(urlOption())
    .action(async (ids, { url }) => {
      const { stdout, stderr } = surroundings;
      const api = await connectToDeliveries(url, surroundings);
      let queued = 0;
      for (const id of ids) {
        try {
          await api.retry(id);
          queued++;
        } catch (error) {
          if (!(error instanceof RefusedError)) throw error;
          await printLine(stderr, `${JSON.stringify(id)} is not retried: ${commandErrorOf(error)?.message}`);
        }
      }
      await printLine(stdout, `${counted(queued, "delivery", "deliveries")} queued again.`);
      if (queued < ids.length) throw new Unsuccessful();
    });
}
