import { type Fault, instead, pointerTo, unknownKeys } from "../umapi/fault.ts";
import { isObject } from "../umapi/unchecked.ts";

/** A JSON value that should be an operation, and its position in the input. */
export interface Candidate {
  readonly value: unknown;
  /** JSON pointer (RFC 6901). */
  readonly pointer: string;
}

/** The input of one door, not checked yet. */
export interface HandedIn {
  /** In order. */
  readonly operations: readonly Candidate[];
  /** JSON pointer to the list of operations. @default "" */
  readonly at?: string;
  /** Faults outside the operations. @default none */
  readonly faults?: readonly Fault[];
}

/** Finds the operations in a body: one command, a list of commands, or `{"operations": [..]}`. */
export function handedIn(body: unknown): HandedIn {
  if (Array.isArray(body)) return listed(body, "");
  if (!isObject(body)) return noList(body, "", "a command, a list of commands, or an object with operations");
  if (!Object.hasOwn(body, "operations")) return { operations: [{ value: body, pointer: "" }] };
  const { operations, ...others } = body;
  const found = Array.isArray(operations)
    ? listed(operations, "/operations")
    : noList(operations, "/operations", "a list of commands");
  const unknown = Object.keys(others);
  if (unknown.length === 0) return found;
  const faults = [{ pointer: "", detail: unknownKeys(unknown, ["operations"]) }, ...(found.faults ?? [])];
  return { ...found, faults };
}

const listed = (list: readonly unknown[], at: string): HandedIn => ({
  operations: list.map((value, index) => ({ value, pointer: pointerTo(at, [index]) })),
  at,
});

const noList = (found: unknown, pointer: string, expected: string): HandedIn => ({
  operations: [],
  at: pointer,
  faults: [{ pointer, detail: instead(found, expected) }],
});
