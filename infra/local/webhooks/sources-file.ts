import { readFileSync } from "node:fs";
import * as z from "zod/mini";
import { readConfiguration } from "../../../shared/webhooks/read-configuration.ts";
import { SetupError } from "../host/setup-error.ts";

const fileSchema = z.object({ sources: z.record(z.string(), z.looseObject({})) });

/**
 * The sources of a configuration file.
 *
 * @throws {SetupError} in one line, with the first fault
 */
export function readSourcesFile(file: string): Readonly<Record<string, object>> {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "it is not JSON";
    throw new SetupError(`--webhooks ${file} cannot be read: ${code}`);
  }
  const read = readConfiguration(json);
  const [fault] = read.ok ? [] : read.faults;
  if (fault !== undefined)
    throw new SetupError(`--webhooks ${file} cannot be used: ${fault.pointer || "the whole"}: ${fault.detail}`);
  return fileSchema.parse(json).sources;
}
