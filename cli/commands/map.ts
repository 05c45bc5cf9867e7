import { Command } from "@commander-js/extra-typings";
import type { Surroundings } from "../surroundings.ts";
import { examples, jsonOption, webhooksOption } from "./options.ts";

export function mapCommand(surroundings: Surroundings) {
  return new Command("map")
    .description("show what a webhook's payload becomes, before anything is sent")
    .argument("<source>", "the name of the source")
    .argument("<file>", "the payload as the HR system posts it, JSON; - reads standard input")
    .option("--record <file>", "the record as the HR system answers it, JSON; null for one that is gone")
    .option("--previous <file>", 'who the record was before, such as {"email": "jane.roe@example.com"}')
    .addOption(webhooksOption())
    .addOption(jsonOption("print an array of what each record becomes"))
    .addHelpText(
      "after",
      examples(
        ["umapi map standard joiner.json", "the commands for a joiner"],
        ["umapi map hibob event.json --record person.json", "for a payload that says whose record changed"],
        ["umapi map hr left.json --webhooks webhooks.json", "by a source of your own"],
      ),
    )
    .action(async (source, file, options) => {
      // Only who maps waits for JSONata to load.
      const { map } = await import("../webhooks/map.ts");
      await map(source, file, options, surroundings);
    });
}
