import { Command } from "@commander-js/extra-typings";
import { RefusedError } from "../../client/errors.ts";
import type { OperationsClient } from "../../client/operations-client.ts";
import { CommandError, Unsuccessful } from "../errors.ts";
import { printJsonArray, printLine } from "../output/print.ts";
import { counted } from "../output/text.ts";
import { commandErrorOf } from "../service/client-error.ts";
import { connect } from "../service/connection.ts";
import type { Surroundings } from "../surroundings.ts";
import { examples, jsonOption, urlOption } from "./options.ts";

export function cancelCommand(surroundings: Surroundings) {
  return new Command("cancel")
    .description("cancel operations that have not ended and are not being sent")
    .argument("[id...]", "ids of operations")
    .option("--call <call>", "all of this call: what their ids have before the hyphen")
    .addOption(jsonOption("print the ids of the canceled operations as a JSON array"))
    .addOption(urlOption())
    .addHelpText(
      "after",
      examples(["umapi cancel --call 0123456789abcdef0123456789abcdef", "what was submitted by mistake"]),
    )
    .action(async (ids, { call, json, url }) => {
      if (ids.length === 0 && call === undefined)
        throw new CommandError("Name operations by their ids, or all of a call by --call.");
      const api = await connect(url, surroundings);
      const canceled: string[] = [];
      surroundings.ifStopped(() => areCanceled(canceled.length));
      const inCall = call === undefined ? { canceled: [], notCanceled: [] } : await api.cancelCall(call);
      canceled.push(...inCall.canceled);
      canceled.push(...(await cancelEach(ids, api, surroundings)));
      const { stdout, stderr } = surroundings;
      if (inCall.notCanceled.length > 0)
        await printLine(
          stderr,
          `${counted(inCall.notCanceled.length, "operation")} of the call had ended, or is being sent.`,
        );
      if (json) await printJsonArray(stdout, canceled);
      else await printLine(stdout, areCanceled(canceled.length));
      if (canceled.length < ids.length + inCall.canceled.length + inCall.notCanceled.length) throw new Unsuccessful();
    });
}

const areCanceled = (count: number) => `${counted(count, "operation")} canceled.`;

/** @returns the ids of the operations that were canceled. It prints why the others were not */
async function cancelEach(ids: readonly string[], api: OperationsClient, { stderr }: Surroundings): Promise<string[]> {
  const canceled: string[] = [];
  for (const id of ids) {
    try {
      await api.cancel(id);
      canceled.push(id);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      // An earlier try of this command may have canceled it, and its answer was lost.
      if (error.kind === "ended" && (await api.operation(id))?.status === "canceled") {
        canceled.push(id);
        continue;
      }
      await printLine(stderr, `${JSON.stringify(id)} is not canceled: ${commandErrorOf(error)?.message}`);
    }
  }
  return canceled;
}
