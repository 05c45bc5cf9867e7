/**
 * One thing wrong with what was submitted.
 *
 * A fault never repeats a value of the payload or a key that is not UMAPI's own, because both may be personal data.
 */
export interface Fault {
  /** A JSON pointer (RFC 6901) into the body. An unknown key is reported at the object that holds it. */
  readonly pointer: string;
  /** The kind of value that stands there, what was expected and, if that is not obvious, how to mend it. */
  readonly detail: string;
}

/** The pointer to the value to which `path` leads from `at`. */
export function pointerTo(at: string, path: readonly PropertyKey[]): string {
  return at + path.map((part) => `/${typeof part === "string" ? escaped(part) : String(part)}`).join("");
}

const escaped = (key: string) => key.replaceAll("~", "~0").replaceAll("/", "~1");

/** Says that `found` stands in place of what was expected. `expected` follows the word "expected". */
export function instead(found: unknown, expected: string): string {
  return `${kindOf(found)}; expected ${expected}`;
}

/** As `instead`, and names a flaw of the text. `flaw` follows the word "with". */
export function insteadOf(found: string, flaw: string, expected: string): string {
  return `${kindOf(found)}, with ${flaw}; expected ${expected}`;
}

/** Says that none of `keys` is known, without repeating them. `note` says why a likely key is not. */
export function unknownKeys(keys: readonly string[], known: readonly string[], note?: string): string {
  const meant = known.filter((name) => keys.some((key) => key.toLowerCase() === name.toLowerCase()));
  const count = keys.length === 1 ? "an unknown key" : `${keys.length} unknown keys`;
  const hint = meant.length === 0 ? "" : ` (perhaps ${meant.join(", ")} in other letters)`;
  const allowed = known.length === 0 ? "no key is known here" : `the keys known here are ${known.join(", ")}`;
  return `${count}${hint}; ${allowed}${note === undefined ? "" : `: ${note}`}`;
}

/** The keys that a fault of `unknownKeys` names as known; undefined for any other fault. */
export function knownKeysIn(detail: string): readonly string[] | undefined {
  if (!/^(an|\d+) unknown keys?[ ;]/.test(detail)) return undefined;
  return /; the keys known here are ([\w, ]+)/.exec(detail)?.[1]?.split(", ") ?? [];
}

/** The kind of a JSON value, without anything of its content. */
export function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (typeof value === "string") return kindOfString(value);
  if (Array.isArray(value))
    return value.length === 0 ? "an empty list" : `a list of ${counted(value.length, "entry", "entries")}`;
  if (typeof value !== "object") return `a ${typeof value}`;
  const keys = Object.keys(value).length;
  return keys === 0 ? "an empty object" : `an object with ${counted(keys, "key", "keys")}`;
}

function kindOfString(value: string): string {
  if (value === "") return "an empty string";
  if (value.trim() === "") return "a blank string";
  return `a string of ${counted(value.length, "character", "characters")}`;
}

const counted = (count: number, one: string, many: string) => (count === 1 ? `one ${one}` : `${count} ${many}`);
