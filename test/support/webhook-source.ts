import { readConfiguration } from "../../shared/webhooks/read-configuration.ts";
import type { Source } from "../../shared/webhooks/source.ts";

/** The only source of a configuration. */
export function sourceOf(configured: Readonly<Record<string, unknown>>, name = "hr"): Source {
  const read = readConfiguration({ sources: { [name]: { mapping: "[]", ...configured } } });
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  const source = read.sources.get(name);
  if (source === undefined) throw new Error("no source");
  return source;
}
