import { isObject, valueAt } from "../umapi/unchecked.ts";

/**
 * A configuration with the mappings of their own files in it: `{"mapping": {"file": "people.jsonata"}}`. Anything else
 * stays as it is, for `readConfiguration` to judge.
 *
 * @param read the text of a file that stands beside the configuration, or in a folder by its path from there
 */
export function withFiles(json: unknown, read: (path: string) => string): unknown {
  const sources = valueAt(json, "sources");
  if (!isObject(json) || !isObject(sources)) return json;
  const filled = Object.entries(sources).map(([name, source]) => {
    const file = valueAt(source, "mapping", "file");
    return [name, isObject(source) && typeof file === "string" ? { ...source, mapping: read(file) } : source];
  });
  return { ...json, sources: Object.fromEntries(filled) };
}
