import { parseJson } from "../../shared/http/parse-json.ts";
import { type JsonFlaw, parseJsonText } from "../../shared/submit/json-text.ts";
import { kindOf, unknownKeys } from "../../shared/umapi/fault.ts";
import { isObject } from "../../shared/umapi/unchecked.ts";
import { checkEntry } from "./check-entry.ts";
import type { Entry, Input, InputFault } from "./input.ts";
import { named, strangeKeys } from "./named-fault.ts";

/** Reads one command, a list of commands, `{"operations": […]}`, or a command on each line. */
export function readJson(content: string): Input {
  const whole = parseJsonText(content);
  if (whole.ok) return readWhole(whole.value);
  const lines = content.split("\n").flatMap((text, index) => (text.trim() === "" ? [] : [{ text, line: index + 1 }]));
  if (!areCommands(lines.map(({ text }) => text.trim())))
    return gathered([flawAt(whole.line, whole.column, whole.flaw)]);
  return gathered(
    lines.map(({ text, line }) => {
      const parsed = parseJsonText(text);
      return parsed.ok ? read(`line ${line}`, parsed.value) : flawAt(line, parsed.column, parsed.flaw);
    }),
  );
}

/** Whether each line is a value by itself, and not a part of a list or an object of several lines. */
function areCommands([first = "", ...others]: readonly string[]): boolean {
  if (others.length === 0) return false;
  if ([first, ...others].every((line) => line.startsWith("{"))) return true;
  const goesOn = /[[{,:]$/.test(first) || (first.startsWith("[") && parseJson(first) === undefined);
  return !goesOn && [first, ...others].some((line) => typeof parseJson(line) === "object");
}

function readWhole(value: unknown): Input {
  if (!isObject(value) || !Array.isArray(value["operations"])) return readList(Array.isArray(value) ? value : [value]);
  const { operations, ...others } = value;
  const unknown = Object.keys(others);
  if (unknown.length === 0) return readList(operations);
  // A key such as `testOnly` there must not be ignored.
  const { detail } = named({ pointer: "", detail: unknownKeys(unknown, ["operations"]) }, value);
  return { form: "JSON", entries: [], faults: [{ at: "beside operations", detail }], warnings: [] };
}

function readList(values: readonly unknown[]): Input {
  return gathered(values.map((value, index) => read(`operation ${index + 1}`, value)));
}

const flaws = {
  syntax: "the JSON breaks here; look for a missing or surplus comma, bracket or quotation mark",
  "repeated-key": "a key that the object has already; expected each once",
  "too-deep": "lists and objects nested too deep",
};

function flawAt(line: number, column: number, flaw: JsonFlaw): readonly InputFault[] {
  return [{ at: `line ${line}, column ${column}`, detail: flaws[flaw] }];
}

/** The keys of a command, and of a file's whole. */
const commandKeys = ["user", "usergroup", "domain", "useAdobeID", "requestID", "do", "notBefore", "operations"];

function read(at: string, value: unknown): Entry | readonly InputFault[] {
  if (!isCommand(value)) return [{ at, detail: notACommand(value) }];
  const checked = checkEntry(value);
  if (checked.ok) {
    const { ok: _, ...entry } = checked;
    return { at, ...entry };
  }
  return checked.faults.map(({ pointer, detail }) => ({ at: pointer === "" ? at : `${at}, ${pointer}`, detail }));
}

/** Whether a value names a user or a group, so that it can be judged as a command. */
const isCommand = (value: unknown) =>
  isObject(value) && (Object.hasOwn(value, "user") || Object.hasOwn(value, "usergroup"));

function notACommand(value: unknown): string {
  const expected = 'expected an object with "user" or "usergroup", and "do"';
  const strange = isObject(value) ? strangeKeys(value, commandKeys) : "";
  return `not a command: ${strange === "" ? kindOf(value) : strange}; ${expected}`;
}

function gathered(read: readonly (Entry | readonly InputFault[])[]): Input {
  return {
    form: "JSON",
    entries: read.flatMap((each) => ("command" in each ? [each] : [])),
    faults: read.flatMap((each) => ("command" in each ? [] : each)),
    warnings: [],
  };
}
