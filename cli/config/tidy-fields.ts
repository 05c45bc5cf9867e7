import { type Fields, fieldOf } from "../../shared/ims/credentials.ts";
import { pemOf } from "../../shared/ims/key-text.ts";
import { tidied } from "./tidy.ts";

export interface TidyFields {
  readonly fields: Fields;
  /** The file of the private key, under the name that tells it; empty if none does. */
  readonly keyPath: Readonly<Record<string, string>>;
  /** A sentence for each thing that was removed around a value. */
  readonly notes: readonly string[];
}

const keyPathNames = ["privkeyfilename", "privkeypath", "privatekeyfile", "privatekeypath"];

/**
 * Tidies the values that a credential is read from; all others stay as they are.
 *
 * @param isExact whether the file's form has its own quotes, so that a passphrase is taken exactly as it stands
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

/** The aio command line accepts a path in place of the key. */
function isPath(value: string): boolean {
  return value !== "" && value.length < 200 && !value.includes("-----") && pemOf(value) === value;
}
