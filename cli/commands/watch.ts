import { Command } from "@commander-js/extra-typings";
import { finalStatuses } from "../../shared/operation/status.ts";
import { rootOf } from "../operations/operation.ts";
import { drawnLine } from "../output/drawn-line.ts";
import { errorCode } from "../output/failure.ts";
import { lookOf } from "../output/look.ts";
import { statusStyle } from "../output/operation-table.ts";
import { printLine } from "../output/print.ts";
import { counted, plainText, timeOfDay } from "../output/text.ts";
import { timeLeft, waitingFor } from "../output/waiting.ts";
import { connect } from "../service/connection.ts";
import { type Backlog, watch } from "../service/watch.ts";
import type { Output, Surroundings } from "../surroundings.ts";
import { examples, jsonOption, urlOption } from "./options.ts";

const statusWidth = Math.max(...finalStatuses.map(({ length }) => length));

export function watchCommand(surroundings: Surroundings) {
  return new Command("watch")
    .description("show each operation as it finishes, until Ctrl+C")
    .addOption(jsonOption("print each operation as a line of JSON"))
    .addOption(urlOption())
    .addHelpText("after", examples(["umapi watch", "what finishes, and how much waits"]))
    .action(async ({ url, json }) => {
      const { clock, environment, stdout, stderr, ifStopped } = surroundings;
      const { styled } = lookOf(stdout, environment);
      const api = await connect(url, surroundings);
      ifStopped({});
      const backlog = backlogLine(stderr, () => clock.now());
      await watch(api, clock, {
        backlog: backlog.show,
        async finished(operation) {
          const { id, status, error } = operation;
          const told = styled(statusStyle(status), status.padEnd(statusWidth));
          const fields = [timeOfDay(clock.now()), told, plainText(rootOf(operation)), id];
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

/**
 * Shows how much is queued: on a terminal as the last line, elsewhere as a line whenever the queue fills or empties.
 */
function backlogLine(output: Output, now: () => number): { show(backlog: Backlog): void; clear(): void } {
  const textOf = ({ queued, waiting }: Backlog) =>
    [
      `${counted(queued, "operation")} queued`,
      ...timeLeft(waiting, now()),
      ...(waiting === undefined ? [] : [waitingFor(waiting)]),
    ].join(" · ");
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
