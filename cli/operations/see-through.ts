import type { OperationView } from "../../shared/api/operation.ts";
import { CommandError } from "../errors.ts";
import type { Progress } from "../output/progress.ts";
import type { Surroundings } from "../surroundings.ts";
import { follow } from "./follow.ts";
import type { OperationsApi } from "./operations-api.ts";

/**
 * Follows operations to their end, and shows how far they are.
 *
 * @param leaves what is to be said if that is broken off
 * @throws CommandError that ends with it
 */
export async function seeThrough(
  ids: readonly string[],
  api: OperationsApi,
  progress: Progress,
  leaves: string,
  { clock, ifStopped }: Surroundings,
): Promise<OperationView[]> {
  ifStopped(() => leaves);
  try {
    return await follow(api, ids, clock, (standing) => progress.show(standing));
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw new CommandError(`${error.message} ${leaves}`, { cause: error });
  } finally {
    progress.end();
  }
}
