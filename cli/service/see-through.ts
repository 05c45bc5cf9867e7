import type { OperationsClient } from "../../client/operations-client.ts";
import type { SeenOperation } from "../../client/seen-operation.ts";
import { CommandError } from "../errors.ts";
import type { Progress } from "../output/progress.ts";
import type { Surroundings } from "../surroundings.ts";
import { commandErrorOf } from "./client-error.ts";

/**
 * Follows operations to their end, and shows how far they are.
 *
 * @param leaves what is to be said if that is broken off
 * @throws CommandError that ends with it
 */
export async function seeThrough(
  ids: readonly string[],
  api: OperationsClient,
  progress: Progress,
  leaves: string,
  { ifStopped }: Surroundings,
): Promise<SeenOperation[]> {
  ifStopped(() => leaves);
  try {
    return await api.waitFor({ ids }, { onStanding: (standing) => progress.show(standing) });
  } catch (error) {
    const told = commandErrorOf(error);
    if (told === undefined) throw error;
    throw new CommandError(`${told.message} ${leaves}`, { cause: error });
  } finally {
    progress.end();
  }
}
