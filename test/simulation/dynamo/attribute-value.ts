import { canonicalNumber } from "./decimal.ts";
import { validationException } from "./errors.ts";

/** A value as the protocol carries it. Numbers are canonical texts, binary values canonical base64. Sets are refused. */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: Readonly<Record<string, AttributeValue>> };

export type ValueType = "S" | "N" | "B" | "BOOL" | "NULL" | "L" | "M";

/** Attributes by name. */
export type Item = ReadonlyMap<string, AttributeValue>;

/** AWS: documents may be nested 32 levels deep. */
const maxDepth = 32;

/** Reads attributes and checks each value. @throws ValidationException */
export function readItem(input: Readonly<Record<string, unknown>>): Item {
  const item = new Map<string, AttributeValue>();
  for (const name of Object.keys(input)) item.set(name, readValue(input[name]));
  return item;
}

/** @throws ValidationException */
function readValue(input: unknown, depth = 0): AttributeValue {
  if (depth > maxDepth) throw validationException("Nesting Levels have exceeded supported limits");
  const entries = typeof input === "object" && input !== null ? Object.entries(input) : [];
  const [type, content] = entries[0] ?? [];
  if (type === undefined || entries.length > 1) {
    const fault = type === undefined ? "is empty" : "has more than one datatypes set";
    throw validationException(`Supplied AttributeValue ${fault}, must contain exactly one of the supported datatypes`);
  }
  switch (type) {
    case "S":
      if (typeof content === "string") return { S: content };
      break;
    case "N":
      if (typeof content === "string") return { N: canonicalNumber(content) };
      break;
    case "B":
      if (typeof content === "string") return { B: Buffer.from(content, "base64").toString("base64") };
      break;
    case "BOOL":
      if (typeof content === "boolean") return { BOOL: content };
      break;
    case "NULL":
      if (content === true) return { NULL: true };
      break;
    case "L":
      if (Array.isArray(content)) return { L: content.map((element) => readValue(element, depth + 1)) };
      break;
    case "M":
      if (typeof content === "object" && content !== null) return { M: readMap(content, depth + 1) };
      break;
    default:
      throw validationException(`The simulated DynamoDB keeps no values of type ${type}.`);
  }
  throw validationException(`A value of type ${type} does not hold what it should: ${JSON.stringify(content)}`);
}

function readMap(content: object, depth: number): Record<string, AttributeValue> {
  return Object.fromEntries(Object.entries(content).map(([name, value]) => [name, readValue(value, depth)]));
}

export function typeOf(value: AttributeValue): ValueType {
  if ("S" in value) return "S";
  if ("N" in value) return "N";
  if ("B" in value) return "B";
  if ("BOOL" in value) return "BOOL";
  if ("NULL" in value) return "NULL";
  return "L" in value ? "L" : "M";
}
