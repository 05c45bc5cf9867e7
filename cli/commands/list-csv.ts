import type { OperationsClient } from "../../client/operations-client.ts";
import type { SeenOperation } from "../../client/seen-operation.ts";
import { CommandError } from "../errors.ts";
import { type Written, writtenFile } from "../input/csv/written-file.ts";
import { toldCommand } from "../operations/told-command.ts";
import { printText } from "../output/print.ts";
import { counted } from "../output/text.ts";
import type { Surroundings } from "../surroundings.ts";

/**
 * Writes operations as a CSV file that `umapi submit` takes, with the reason why each failed.
 *
 * @throws CommandError that names the operations left out, if there are any
 */
export async function printCsv(
  operations: AsyncIterable<SeenOperation>,
  api: OperationsClient,
  { stdout, clock }: Pick<Surroundings, "stdout" | "clock">,
): Promise<void> {
  const told: Written[] = [];
  const untold: string[] = [];
  for await (const { id, error } of operations) {
    // A listing does not hold the commands.
    const operation = await api.operation(id);
    const command = operation === undefined ? undefined : toldCommand(operation);
    if (command === undefined) untold.push(id);
    else {
      const isDue = Date.parse(operation?.notBefore ?? "") <= clock.now();
      told.push({ id, command, notBefore: isDue ? undefined : operation?.notBefore, error });
    }
  }
  const { text, unwritten } = writtenFile(told);
  await printText(stdout, text);
  const out = [
    ...leftOut(unwritten, "a CSV file cannot hold what they do"),
    ...leftOut(untold, "the service does not tell their steps"),
  ];
  if (out.length > 0) throw new CommandError(out.join("\n"));
}

function leftOut(ids: readonly string[], why: string): string[] {
  if (ids.length === 0) return [];
  return [[`${counted(ids.length, "operation")} left out, because ${why}:`, ...ids.map((id) => `  ${id}`)].join("\n")];
}
