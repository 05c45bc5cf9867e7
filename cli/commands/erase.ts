import { Command } from "@commander-js/extra-typings";
import { RefusedError } from "../../client/errors.ts";
import { confirm } from "../ask.ts";
import { CommandError, Unsuccessful } from "../errors.ts";
import { printLine } from "../output/print.ts";
import { counted } from "../output/text.ts";
import { unreadableText } from "../output/unreadable.ts";
import { connect } from "../service/connection.ts";
import type { Surroundings } from "../surroundings.ts";
import { examples, jsonOption, urlOption } from "./options.ts";

export function eraseCommand(surroundings: Surroundings) {
  return new Command("erase")
    .description("erase what the service keeps about a person; nothing changes at Adobe")
    .argument("<who>", "email or username, as operations name the person")
    .option("-y, --yes", "do not ask for confirmation")
    .addOption(jsonOption("print how many operations were erased as JSON"))
    .addOption(urlOption())
    .addHelpText("after", examples(["umapi erase jane.doe@example.com", "once her operations have ended"]))
    .action(async (who, { yes = false, json, url }) => {
      const { stdout, stderr } = surroundings;
      const question = `Erase every operation that names ${JSON.stringify(who)}? What they did can then be told no more.`;
      if (!yes) await confirm({ verb: "erase", done: "erased" }, async () => question, surroundings);
      const api = await connect(url, surroundings);
      const { erased, unreadable } = await api.erase(who).catch((error: unknown) => {
        throw unfinishedError(error) ?? error;
      });
      if (json) await printLine(stdout, JSON.stringify({ erased, unreadable }, null, 2));
      else await printLine(stdout, `${counted(erased, "operation")} erased.`);
      if (unreadable.length === 0) return;
      await printLine(stderr, `Nobody can tell whether these name the person. ${unreadableText(unreadable)}`);
      throw new Unsuccessful();
    });
}

/** With what to do about it; undefined for another error. */
function unfinishedError(error: unknown): CommandError | undefined {
  if (!(error instanceof RefusedError) || error.kind !== "unfinished") return undefined;
  const ids = error.problem?.unfinished ?? [];
  const [have, them] = ids.length === 1 ? ["has", "it"] : ["have", "them"];
  return new CommandError(
    `${counted(ids.length, "operation")} on this person ${have} not ended. Cancel ${them} or wait, then erase again:\n  umapi cancel ${ids.join(" ")}`,
    { cause: error },
  );
}
