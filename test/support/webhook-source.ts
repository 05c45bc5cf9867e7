import { readConfiguration } from "../../shared/webhooks/read-configuration.ts";
import type { Source } from "../../shared/webhooks/source.ts";

/** The only source of a configuration. */
export function sourceOf(configured: Readonly<Record<string, unknown>>, name = "hr"): Source {
  const source = "preset" in configured ? configured : { mapping: "[]", ...configured };
  const read = readConfiguration({ sources: { [name]: source } });
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  const found = read.sources.get(name);
  if (found === undefined) throw new Error("no source");
  return found;
}
