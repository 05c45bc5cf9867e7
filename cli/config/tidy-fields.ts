import { type Fields, fieldOf } from "../../shared/ims/credentials.ts";
import { pemOf } from "../../shared/ims/key-text.ts";
import { tidied } from "./tidy.ts";

export interface TidyFields {
  readonly fields: Fields;
  /** Where the private key is said to be, under the name that says it; empty where nothing does. */
  readonly keyPath: Readonly<Record<string, string>>;
  /** What was in the way of the values, a sentence each. */
  readonly notes: readonly string[];
}

const keyPathNames = ["privkeyfilename", "privkeypath", "privatekeyfile", "privatekeypath"];

/**
 * Tidies the values that a credential is read of; all else comes through as it is.
 *
 * @param isExact the file's form has its own quotes, so that a passphrase is exactly what stands there
 */
export function tidyFields(given: Fields, isExact: boolean): TidyFields {
  const fields: Record<string, unknown> = {};
  const keyPath: Record<string, string> = {};
  const notes: string[] = [];
  for (const [name, written] of Object.entries(given)) {
    const field = fieldOf(name);
    const namesFile = keyPathNames.includes(name.toLowerCase().replaceAll(/[_-]/g, ""));
    const isLeftAlone = (field === undefined && !namesFile) || (isExact && field === "privateKeyPassphrase");
    const tidy = (value: unknown) => {
      if (typeof value !== "string" || isLeftAlone) return value;
      const result = tidied(field, value);
      notes.push(...result.notes.map((note) => `${name}: ${note}.`));
      return result.value;
    };
    const value = Array.isArray(written) && field !== "privateKey" ? written.map(tidy) : tidy(written);
    if (typeof value === "string" && (namesFile || (field === "privateKey" && isPath(value)))) keyPath[name] = value;
    else fields[name] = value;
  }
  return { fields, keyPath, notes: [...new Set(notes)] };
}

/** The aio command line takes a path in place of the key. */
function isPath(value: string): boolean {
  return value !== "" && value.length < 200 && !value.includes("-----") && pemOf(value) === value;
}
