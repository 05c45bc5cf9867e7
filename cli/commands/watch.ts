import { Command } from "@commander-js/extra-typings";
import { connect } from "../operations/connection.ts";
import { rootOf } from "../operations/operation.ts";
import { type Backlog, watch } from "../operations/watch.ts";
import { drawnLine } from "../output/drawn-line.ts";
import { errorCode } from "../output/operations.ts";
import { printLine } from "../output/print.ts";
import { counted, plainText, timeOfDay } from "../output/text.ts";
import { waitingFor } from "../output/waiting.ts";
import type { Output, Surroundings } from "../surroundings.ts";
import { examples, jsonOption, urlOption } from "./options.ts";

export function watchCommand(surroundings: Surroundings) {
  return new Command("watch")
    .description("tell of each operation that finishes, as it happens, until Ctrl+C")
    .addOption(jsonOption("print each operation as a line of JSON"))
    .addOption(urlOption())
    .addHelpText("after", examples(["umapi watch", "what the service does, and what waits"]))
    .action(async ({ url, json }) => {
      const { clock, stdout, stderr, ifStopped } = surroundings;
      const api = await connect(url, surroundings);
      ifStopped(undefined);
      const backlog = backlogLine(stderr);
      await watch(api, clock, {
        backlog: backlog.show,
        async finished(operation) {
          const { id, status, error } = operation;
          const fields = [timeOfDay(clock.now()), status.padEnd(9), plainText(rootOf(operation)), id];
          backlog.clear();
          await printLine(
            stdout,
            json
              ? JSON.stringify(operation)
              : [...fields, ...(error === undefined ? [] : [errorCode(error)])].join("  "),
          );
        },
      });
    });
}

/** What is queued: a line that stays at the end on a terminal; elsewhere one where it was nothing, or becomes nothing. */
function backlogLine(output: Output): { show(backlog: Backlog): void; clear(): void } {
  const textOf = ({ queued, waiting }: Backlog) =>
    [`${counted(queued, "operation")} queued`, ...(waiting === undefined ? [] : [waitingFor(waiting)])].join(" · ");
  if (output.isTTY === true) {
    const line = drawnLine(output);
    return { show: (backlog) => line(textOf(backlog)), clear: () => line.clear() };
  }
  let before: number | undefined;
  return {
    show(backlog) {
      if (before === undefined || (before === 0) !== (backlog.queued === 0)) output.write(`${textOf(backlog)}\n`);
      before = backlog.queued;
    },
    clear: () => undefined,
  };
}
