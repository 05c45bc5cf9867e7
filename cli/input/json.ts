import { parseJson } from "../../shared/http/parse-json.ts";
import { type JsonFlaw, parseJsonText } from "../../shared/submit/json-text.ts";
import { unknownKeys } from "../../shared/umapi/fault.ts";
import { isObject } from "../../shared/umapi/unchecked.ts";
import { checkEntry } from "./check-entry.ts";
import type { Entry, Input, InputFault } from "./input.ts";

/** Reads one command, a list of commands, `{"operations": […]}`, or a command a line. */
export function readJson(content: string): Input {
  const whole = parseJsonText(content);
  if (whole.ok) return readWhole(whole.value);
  const lines = content.split("\n").flatMap((text, index) => (text.trim() === "" ? [] : [{ text, line: index + 1 }]));
  if (!lines.some(({ text }) => isCommand(parseJson(text))))
    return gathered([flawAt(whole.line, whole.column, whole.flaw)]);
  return gathered(
    lines.map(({ text, line }) => {
      const parsed = parseJsonText(text);
      return parsed.ok ? read(`line ${line}`, parsed.value) : flawAt(line, parsed.column, parsed.flaw);
    }),
  );
}

function readWhole(value: unknown): Input {
  if (!isObject(value) || !Array.isArray(value["operations"])) return readList(Array.isArray(value) ? value : [value]);
  const { operations, ...others } = value;
  const unknown = Object.keys(others);
  // Whoever writes `testOnly` there means something by it.
  if (unknown.length > 0)
    return { entries: [], faults: [{ at: "beside operations", detail: unknownKeys(unknown, ["operations"]) }] };
  return readList(operations);
}

function readList(values: readonly unknown[]): Input {
  return gathered(values.map((value, index) => read(`operation ${index + 1}`, value)));
}

/** Whether a line stands for itself, and is no part of a list or an object of several lines. */
const isCommand = (value: unknown) =>
  isObject(value) && Object.hasOwn(value, "do") && (Object.hasOwn(value, "user") || Object.hasOwn(value, "usergroup"));

const flaws = {
  syntax: "no JSON; expected commands as JSON, JSON lines or CSV",
  "repeated-key": "a key that the object has already; expected each once",
  "too-deep": "lists and objects nested too deep",
};

function flawAt(line: number, column: number, flaw: JsonFlaw): readonly InputFault[] {
  return [{ at: `line ${line}, column ${column}`, detail: flaws[flaw] }];
}

function read(at: string, value: unknown): Entry | readonly InputFault[] {
  const checked = checkEntry(value);
  if (checked.ok) {
    const { ok: _, ...entry } = checked;
    return { at, ...entry };
  }
  return checked.faults.map(({ pointer, detail }) => ({ at: pointer === "" ? at : `${at}, ${pointer}`, detail }));
}

function gathered(read: readonly (Entry | readonly InputFault[])[]): Input {
  return {
    entries: read.flatMap((each) => ("command" in each ? [each] : [])),
    faults: read.flatMap((each) => ("command" in each ? [] : each)),
  };
}
