import * as z from "zod/mini";
import { workerNames } from "../bundle/worker-code.ts";
import type { Resource, Template } from "./host/template.ts";

const withVariables = z.object({ Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }) });

/** Whether a function with these variables is one of the service's own, and not somebody's who calls it. */
export function isWorker(variables: Readonly<Record<string, unknown>>): boolean {
  const { POWERTOOLS_SERVICE_NAME: name, TABLE_NAME: table } = variables;
  return table !== undefined && workerNames.some((worker) => worker === name);
}

/** The service's own functions in a template. */
export function workersOf({ resources }: Template): Resource[] {
  return resources.filter(({ type, properties }) => {
    const parsed = withVariables.safeParse(properties);
    return type === "AWS::Lambda::Function" && parsed.success && isWorker(parsed.data.Environment.Variables);
  });
}
