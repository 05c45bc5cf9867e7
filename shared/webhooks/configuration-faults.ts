import type * as z from "zod/mini";
import { type Fault, pointerTo } from "../umapi/fault.ts";
import { valueAt } from "../umapi/unchecked.ts";
import { shapes } from "./configuration.ts";

const maxShown = 60;

/**
 * What a schema finds wrong with a configuration. A configuration is not secret and names nobody, so a fault shows the
 * value that it is about.
 *
 * @param json the configuration
 */
export function configurationFaults(issues: readonly z.core.$ZodIssue[], json: unknown): Fault[] {
  return issues.flatMap((issue) => faultsOf(issue, json));
}

function faultsOf(issue: z.core.$ZodIssue, json: unknown): Fault[] {
  const pointer = pointerTo("", issue.path);
  if (issue.code === "unrecognized_keys") {
    const known = knownAt(issue.path).join(", ");
    return issue.keys.map((key) => ({
      pointer: pointerTo(pointer, [key]),
      detail: `an unknown key; the keys known here are ${known}`,
    }));
  }
  if (issue.code === "invalid_key")
    return [{ pointer, detail: `a name that no source can have; expected ${issue.issues[0]?.message}` }];
  return [{ pointer, detail: `${shown(valueAt(json, ...issue.path.map(String)))}; expected ${issue.message}` }];
}

function knownAt(path: readonly PropertyKey[]): readonly string[] {
  const place = path.length === 0 ? "file" : path.length === 2 ? "source" : path[2];
  const shape = Object.entries(shapes).find(([name]) => name === place)?.[1];
  return Object.keys(shape ?? {});
}

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length <= maxShown ? text : `${text.slice(0, maxShown)}…`;
}
