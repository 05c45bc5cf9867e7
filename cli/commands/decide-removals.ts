import { Command } from "@commander-js/extra-typings";
import { RefusedError } from "../../client/errors.ts";
import type { RemovalsClient } from "../../client/removals-client.ts";
import { confirm } from "../ask.ts";
import { CommandError } from "../errors.ts";
import { type FollowUp, followUp } from "../output/follow-up.ts";
import { printLine } from "../output/print.ts";
import { counted } from "../output/text.ts";
import { connectToRemovals } from "../service/connection.ts";
import type { Surroundings } from "../surroundings.ts";
import { examples, jsonOption, urlOption } from "./options.ts";

export function releaseRemovalsCommand(surroundings: Surroundings) {
  return new Command("release")
    .description("let the held removals go that umapi removals has shown with this hash")
    .argument("<hash>", "names them")
    .option("-y, --yes", "do not ask for confirmation")
    .addOption(jsonOption("print how many operations were released as JSON"))
    .addOption(urlOption())
    .addHelpText("after", examples(["umapi removals release 3f2a9c01b7de", "what umapi removals has shown"]))
    .action(async (hash, { yes = false, json, url }) => {
      const { stdout } = surroundings;
      const next = followUp(url, surroundings);
      const api = await connectToRemovals(url, surroundings);
      const question = () => releaseQuestion(hash, api, next);
      if (!yes) await confirm({ verb: "release", done: "released" }, question, surroundings);
      const operations = await decided(api.release(hash), hash, next, surroundings);
      await printLine(stdout, json ? inJson(operations) : `${counted(operations, "removal")} released.`);
    });
}

export function cancelRemovalsCommand(surroundings: Surroundings) {
  return new Command("cancel")
    .description("cancel the held removals that umapi removals has shown with this hash")
    .argument("<hash>", "names them")
    .addOption(jsonOption("print how many operations were canceled as JSON"))
    .addOption(urlOption())
    .addHelpText("after", examples(["umapi removals cancel 3f2a9c01b7de", "what umapi removals has shown"]))
    .action(async (hash, { json, url }) => {
      const { stdout } = surroundings;
      const api = await connectToRemovals(url, surroundings);
      const operations = await decided(api.cancel(hash), hash, followUp(url, surroundings), surroundings);
      await printLine(stdout, json ? inJson(operations) : `${counted(operations, "removal")} canceled.`);
    });
}

const inJson = (operations: number) => JSON.stringify({ operations }, null, 2);

/** @throws CommandError if the hash names another set */
async function releaseQuestion(hash: string, api: RemovalsClient, next: FollowUp): Promise<string> {
  const view = await api.show();
  if (view.hash !== hash) throw new CommandError(anotherSet(hash, next));
  return `Release ${counted(view.held, "removal")}? What is removed at Adobe does not come back by itself.`;
}

/** What the service answers to a decision. @throws CommandError if the hash names another set */
async function decided(answer: Promise<number>, hash: string, next: FollowUp, { ifStopped }: Surroundings) {
  ifStopped(() => `The removals may be decided about already: ${next("removals")} shows what is held.`);
  return await answer.catch((error: unknown) => {
    if (!(error instanceof RefusedError) || error.kind !== "another-set") throw error;
    throw new CommandError(anotherSet(hash, next), { cause: error });
  });
}

const anotherSet = (hash: string, next: FollowUp) =>
  `No held removals wait for a decision under the hash ${JSON.stringify(hash)}: either they are decided about already, or ${next("removals")} shows another hash.`;
