import { Command } from "@commander-js/extra-typings";
import { RefusedError } from "../../client/errors.ts";
import { canAsk, isConfirmed } from "../ask.ts";
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
      await confirm(who, yes, surroundings);
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

/** @throws CommandError if the answer is no, or if nobody is there to ask */
async function confirm(who: string, isSaid: boolean, surroundings: Surroundings): Promise<void> {
  if (isSaid) return;
  if (!canAsk(surroundings))
    throw new CommandError(
      "Nothing was erased, because there is no terminal to ask on. To erase it all the same, add --yes.",
    );
  surroundings.ifStopped(() => "Nothing was erased.");
  const question = `Erase every operation that names ${JSON.stringify(who)}? What they did can then be told no more.`;
  if (!(await isConfirmed(question, surroundings))) throw new CommandError("Nothing was erased.");
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
