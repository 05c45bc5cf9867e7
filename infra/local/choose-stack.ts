import { SetupError } from "./host/setup-error.ts";
import type { Template } from "./host/template.ts";
import { workersOf } from "./workers.ts";

/**
 * Which of an app's stacks to run: the one that is named, else the only one with the construct in it.
 *
 * @param directory where the stacks are, for messages
 * @throws {SetupError} if it cannot be told, or if the construct is in none
 */
export function chooseStack(templates: readonly Template[], wanted: string | undefined, directory: string): Template {
  const names = (some: readonly Template[]) => some.map(({ stackName }) => stackName).join(", ");
  const chosen = templates.filter(({ stackName }) => wanted === undefined || stackName === wanted);
  if (chosen.length === 0)
    throw new SetupError(`There is no stack ${wanted} in ${directory}. It has ${names(templates)}.`);
  const [stack, ...others] = chosen.filter((template) => workersOf(template).length > 0);
  if (stack === undefined)
    throw new SetupError(
      `UmapiWorkers is not in ${names(chosen)}: add it to the stack (new UmapiWorkers(this, "Workers")), synthesize the app (\`npx cdk synth\`) and start again.`,
    );
  if (others.length > 0)
    throw new SetupError(`UmapiWorkers is in ${names([stack, ...others])}. Say with --stack which one to run.`);
  return stack;
}
