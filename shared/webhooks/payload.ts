import { parseJson } from "../http/parse-json.ts";
import { isObject } from "../umapi/unchecked.ts";
import type { Posted } from "./posted.ts";

export type ReadPayload =
  | { readonly ok: true; readonly payload: unknown }
  /** A sentence without anything of the body. */
  | { readonly ok: false; readonly reason: string };

/** What a body says: JSON, or a form, whose names such as `data[employeeId]` become objects. */
export function payloadOf({ headers, body }: Pick<Posted, "headers" | "body">): ReadPayload {
  const text = Buffer.from(body).toString("utf8");
  if (/^application\/x-www-form-urlencoded\b/i.test(headers["content-type"] ?? ""))
    return { ok: true, payload: formOf(text) };
  const payload = parseJson(text);
  return payload === undefined ? { ok: false, reason: "The body is not JSON." } : { ok: true, payload };
}

function formOf(text: string): unknown {
  const form: Record<string, unknown> = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) set(form, partsOf(name), value);
  return JSON.parse(JSON.stringify(form));
}

/** No sender nests deeper. Anybody may post a form while a source is set up, and thousands of brackets would take minutes. */
const mostBrackets = 10;

const namePattern = new RegExp(String.raw`^([^[]*)((?:\[[^\]]*\]){0,${mostBrackets}})$`);

/** A name that has other brackets stays whole. */
function partsOf(name: string): readonly string[] {
  const [, first, rest = ""] = namePattern.exec(name) ?? [];
  return first === undefined ? [name] : [first, ...Array.from(rest.matchAll(/\[([^\]]*)\]/g), ([, part = ""]) => part)];
}

function set(at: Record<string, unknown>, [name = "", ...rest]: readonly string[], value: string): void {
  if (rest.length === 0) {
    at[name] = value;
    return;
  }
  const inner = at[name];
  const next: Record<string, unknown> = isObject(inner) ? inner : Object.create(null);
  at[name] = next;
  set(next, rest, value);
}
