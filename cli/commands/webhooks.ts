import { Command } from "@commander-js/extra-typings";
import type { Surroundings } from "../surroundings.ts";
import { apiOption, examples, webhooksOption } from "./options.ts";

/** Their work is loaded with JSONata, which only who asks for it waits for. */
export function webhooksCommand(surroundings: Surroundings) {
  return new Command("webhooks")
    .description("try the sources whose HR systems post webhooks")
    .addCommand(checkCommand(surroundings))
    .addCommand(sendCommand(surroundings))
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
