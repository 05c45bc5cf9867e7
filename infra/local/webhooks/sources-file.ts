import { readConfiguration } from "../../../shared/webhooks/read-configuration.ts";
import { sourcesIn } from "../../sources-file.ts";
import { SetupError } from "../host/setup-error.ts";

/**
 * The sources of a configuration file.
 *
 * @throws {SetupError} in one line, with the first fault
 */
export function readSourcesFile(file: string): Readonly<Record<string, object>> {
  const sources = sourcesOrError(file);
  const read = readConfiguration({ sources });
  const [fault] = read.ok ? [] : read.faults;
  if (fault !== undefined) throw new SetupError(`--webhooks ${file} cannot be used: ${fault.pointer}: ${fault.detail}`);
  return sources;
}

function sourcesOrError(file: string): Readonly<Record<string, object>> {
  try {
    return sourcesIn(file);
  } catch (error) {
    throw new SetupError(`--webhooks: ${error instanceof Error ? error.message : error}`);
  }
}
