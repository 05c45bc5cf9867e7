import { maxOperations } from "../operation/limits.ts";
import { type Fault, instead, pointerTo, unknownKeys } from "../umapi/fault.ts";
import { isObject } from "../umapi/unchecked.ts";

/** The operations of a body, still unchecked, in order. */
export interface HandedIn {
  readonly operations: readonly { readonly value: unknown; readonly pointer: string }[];
  /** What is wrong around the operations. */
  readonly faults: readonly Fault[];
}

/** Finds the operations in a body: one command, a list of commands, or `{"operations": [..]}`. */
export function handedIn(body: unknown): HandedIn {
  if (Array.isArray(body)) return fromList(body, "");
  if (!isObject(body))
    return refuse({
      pointer: "",
      detail: instead(body, "a command, a list of commands, or an object with operations"),
    });
  if (!Object.hasOwn(body, "operations")) return { operations: [{ value: body, pointer: "" }], faults: [] };
  const { operations, ...others } = body;
  const found = Array.isArray(operations)
    ? fromList(operations, "/operations")
    : refuse({ pointer: "/operations", detail: instead(operations, "a list of commands") });
  const unknown = Object.keys(others);
  if (unknown.length === 0) return found;
  return { ...found, faults: [{ pointer: "", detail: unknownKeys(unknown, ["operations"]) }, ...found.faults] };
}

function fromList(list: readonly unknown[], pointer: string): HandedIn {
  if (list.length === 0 || list.length > maxOperations)
    return refuse({ pointer, detail: instead(list, `1 to ${maxOperations} commands`) });
  return {
    operations: list.map((value, index) => ({ value, pointer: pointerTo(pointer, [index]) })),
    faults: [],
  };
}

const refuse = (fault: Fault): HandedIn => ({ operations: [], faults: [fault] });
