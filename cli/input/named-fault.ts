import { type Fault, kindOf, knownKeysIn } from "../../shared/umapi/fault.ts";
import { isObject } from "../../shared/umapi/unchecked.ts";
import { didYouMean, likest } from "./did-you-mean.ts";
import { listed, quoted } from "./quoted.ts";

/** A fault as the person whose file it is sees it: with the value or the key that is wrong. */
export interface NamedFault extends Fault {
  /** What the pointer leads to. */
  readonly value: unknown;
}

/** What people write in place of a command's keys, apart from misspellings. */
const meant: Readonly<Record<string, string>> = {
  action: "do",
  actions: "do",
  commands: "do",
  operations: "do",
  steps: "do",
  email: "user",
  mail: "user",
  username: "user",
  group: "usergroup",
  groupname: "usergroup",
  usergroupname: "usergroup",
};

/**
 * Adds the value or the key that is wrong to a fault; the service never repeats it.
 *
 * @param whole what the fault's pointer leads into
 */
export function named({ pointer, detail }: Fault, whole: unknown): NamedFault {
  const value = valueAt(whole, pointer);
  const told = (words: string) => ({ pointer, value, detail: words });
  if (typeof value === "string" && value !== "") return told(withValue(detail, value));
  const known = knownKeysIn(detail);
  if (known !== undefined && isObject(value)) return told(withKeys(detail, value, known));
  return told(detail);
}

/**
 * Says which keys of an object look like mistakes, if it is not a command at all. @param known the keys of a command
 */
export function strangeKeys(value: Readonly<Record<string, unknown>>, known: readonly string[]): string {
  const strange = Object.keys(value).filter((key) => !known.includes(key));
  const named = strange.slice(0, mostKeys).map((key) => quoted(key) + didYouMean(likelyKey(key, known)));
  return listed(strange.length > mostKeys ? [...named, `${strange.length - mostKeys} more`] : named);
}

const mostKeys = 5;

function withValue(detail: string, value: string): string {
  const kind = kindOf(value);
  if (detail.startsWith(kind)) return quoted(value) + detail.slice(kind.length);
  return `${quoted(value)}${detail.startsWith("is ") ? "" : ":"} ${detail}`;
}

function withKeys(detail: string, value: Readonly<Record<string, unknown>>, known: readonly string[]): string {
  return detail.replace(/^[^;]*/, `unknown key ${strangeKeys(value, known)}`);
}

function likelyKey(key: string, known: readonly string[]): string | undefined {
  const other = meant[key.toLowerCase().replaceAll(/[^a-z]/g, "")];
  return likest(key, known) ?? (other !== undefined && known.includes(other) ? other : undefined);
}

/** What a JSON pointer (RFC 6901) leads to. */
function valueAt(whole: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<unknown>((at, key) => {
      if (Array.isArray(at)) return at[Number(key)];
      return isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
    }, whole);
}
