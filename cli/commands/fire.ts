import * as z from "zod/mini";
import { CommandError } from "../errors.ts";
import type { Surroundings } from "../surroundings.ts";

const fired = z.object({ name: z.string() });
const refused = z.object({ message: z.string() });

/**
 * Fires a schedule of the stack that runs on this machine.
 *
 * @param awsUrl where its AWS services are
 * @returns a line about it
 * @throws CommandError if nothing runs there, or if it has no such schedule
 */
export async function fire(awsUrl: string, schedule: string, { fetch }: Pick<Surroundings, "fetch">): Promise<string> {
  const response = await fetch(`${awsUrl}/_local/schedules/${encodeURIComponent(schedule)}`, { method: "POST" }).catch(
    (cause) => {
      throw new CommandError(`Nothing runs at ${awsUrl}. Start your stack (umapi local), or name its --aws-port.`, {
        cause,
      });
    },
  );
  const answer: unknown = await response.json().catch(() => undefined);
  const done = fired.safeParse(answer);
  if (response.status === 202 && done.success)
    return `Fired ${done.data.name}. What comes of it is in the terminal in which the stack runs.`;
  const problem = refused.safeParse(answer);
  if (response.status === 404 && problem.success) throw new CommandError(problem.data.message);
  throw new CommandError(`What answers at ${awsUrl} is not a stack on this machine. Check --aws-port.`);
}
