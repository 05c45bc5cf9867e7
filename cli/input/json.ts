import { parseJson } from "../../shared/parse-json.ts";
import { type JsonFlaw, parseJsonText } from "../../shared/submit/json-text.ts";
import { checkCommand } from "../../shared/umapi/check-command.ts";
import type { Entry, Input, InputFault } from "./input.ts";

/** Reads one command, a list of commands, `{"operations": […]}`, or a command a line. */
export function readJson(content: string): Input {
  const whole = parseJsonText(content);
  if (whole.ok) return gathered(valuesOf(whole.value).map((value, index) => read(`operation ${index + 1}`, value)));
  const lines = content.split("\n").flatMap((text, index) => (text.trim() === "" ? [] : [{ text, line: index + 1 }]));
  const isACommandALine = lines.length > 1 && parseJson(lines[0]?.text ?? "") !== undefined;
  if (!isACommandALine) return gathered([flawAt(whole.line, whole.column, whole.flaw)]);
  return gathered(
    lines.map(({ text, line }) => {
      const parsed = parseJsonText(text);
      return parsed.ok ? read(`line ${line}`, parsed.value) : flawAt(line, parsed.column, parsed.flaw);
    }),
  );
}

const flaws = {
  syntax: "no JSON; expected commands as JSON, JSON lines or CSV",
  "repeated-key": "a key that the object has already; expected each once",
  "too-deep": "lists and objects nested too deep",
};

function flawAt(line: number, column: number, flaw: JsonFlaw): readonly InputFault[] {
  return [{ at: `line ${line}, column ${column}`, detail: flaws[flaw] }];
}

function valuesOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const isObject = typeof value === "object" && value !== null;
  return isObject && "operations" in value && Array.isArray(value.operations) ? value.operations : [value];
}

function read(at: string, value: unknown): Entry | readonly InputFault[] {
  const checked = checkCommand(value);
  if (checked.ok) return { at, command: checked.command };
  return checked.faults.map(({ pointer, detail }) => ({ at: pointer === "" ? at : `${at}, ${pointer}`, detail }));
}

function gathered(read: readonly (Entry | readonly InputFault[])[]): Input {
  return {
    entries: read.flatMap((each) => ("command" in each ? [each] : [])),
    faults: read.flatMap((each) => ("command" in each ? [] : each)),
  };
}
