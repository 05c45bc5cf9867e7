import { Command } from "@commander-js/extra-typings";
import { printLine } from "../output/print.ts";
import { counted } from "../output/text.ts";
import { connectToDeliveries } from "../service/connection.ts";
import type { Surroundings } from "../surroundings.ts";
import { apiOption, examples, urlOption, webhooksOption } from "./options.ts";

/** Their work is loaded with JSONata, which only who asks for it waits for. */
export function webhooksCommand(surroundings: Surroundings) {
  return new Command("webhooks")
    .description("try the sources whose HR systems post webhooks")
    .addCommand(checkCommand(surroundings))
    .addCommand(sendCommand(surroundings))
    .addCommand(seedCommand(surroundings))
    .addHelpText(
      "after",
      examples(
        ["umapi webhooks check webhooks.json", "before it is deployed"],
        ["umapi webhooks send standard joiner.json", "to the local stack"],
      ),
    );
}

function checkCommand(surroundings: Surroundings) {
  return new Command("check")
    .description("check a configuration of sources, and say what each does")
    .argument("<file>", "the configuration, JSON")
    .addHelpText("after", examples(["umapi webhooks check webhooks.json", "before it is deployed"]))
    .action(async (file) => {
      const { check } = await import("../webhooks/check.ts");
      await check(file, surroundings);
    });
}

function sendCommand(surroundings: Surroundings) {
  return new Command("send")
    .description("sign a payload as the HR system of a source does, and post it")
    .argument("<source>", "the name of the source")
    .argument("<file>", "the payload, sent byte for byte as JSON")
    .option("--key-file <file>", "the source's key, or the token that it shows (default: .local/webhooks.json has it)")
    .addOption(webhooksOption())
    .addOption(apiOption())
    .addHelpText("after", examples(["umapi webhooks send standard joiner.json", "to the local stack"]))
    .action(async (source, file, options) => {
      const { send } = await import("../webhooks/send.ts");
      await send(source, file, options, surroundings);
    });
}

function seedCommand(surroundings: Surroundings) {
  return new Command("seed")
    .description("say who people are in Adobe whom the HR system has known since before its first webhook")
    .argument("<source>", "the name of the source")
    .argument("<file>", "an export: CSV with columns such as id and email, or a JSON list")
    .addOption(urlOption())
    .addHelpText("after", examples(["umapi webhooks seed bamboohr people.csv", "before the source goes live"]))
    .action(async (source, file, { url }) => {
      const { readPeople } = await import("../webhooks/people.ts");
      const people = await readPeople(file);
      const { seeded, known } = await (await connectToDeliveries(url, surroundings)).seed(source, people);
      const before = known === 0 ? "" : ` ${counted(known, "record")} ${known === 1 ? "was" : "were"} known already.`;
      await printLine(surroundings.stdout, `${counted(seeded, "record")} of ${source} seeded.${before}`);
    });
}
