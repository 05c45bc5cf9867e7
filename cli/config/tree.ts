import * as z from "zod/mini";
import { parseJson } from "../../shared/http/parse-json.ts";
import type { Fields } from "../../shared/ims/credentials.ts";
import { CommandError } from "../errors.ts";
import { isEnvFile, readEnvFile } from "./env-file.ts";
import { readIni } from "./ini.ts";

/** The values of a configuration file, by name. */
export interface Tree {
  readonly values: Fields;
  /** Whether the form of the file has quotes of its own, so that everything in a value belongs to it. */
  readonly isExact: boolean;
}

const object = z.record(z.string(), z.unknown());

/**
 * Reads JSON, YAML, an INI file or `NAME=value` lines, told apart by their text.
 *
 * @throws CommandError that shows nothing of the text
 */
export async function readTree(file: string, text: string): Promise<Tree> {
  if (/^\s*\{/.test(text)) return { values: await json(file, text), isExact: true };
  if (/^[^\S\n]*\[[^\]\n]+\][^\S\n]*\r?$/m.test(text)) return { values: ini(text), isExact: false };
  if (isEnvFile(text)) return { values: readEnvFile(text), isExact: false };
  if (text.includes("-----BEGIN ") && !/^\s*\w+:/m.test(text))
    throw lacking(file, "It looks like a key or a certificate; a private key goes with --key-file.");
  return { values: await yaml(file, text), isExact: true };
}

function ini(text: string): Fields {
  return Object.fromEntries([...readIni(text)].map(([section, values]) => [section, Object.fromEntries(values)]));
}

async function json(file: string, text: string): Promise<Fields> {
  const parsed = object.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  // JSON written by hand may have comments or a comma too many; YAML's flow syntax allows both.
  try {
    return await yaml(file, text);
  } catch (cause) {
    throw new CommandError(`${file} cannot be used. It begins like JSON but is not JSON.`, { cause });
  }
}

async function yaml(file: string, text: string): Promise<Fields> {
  const { parseDocument } = await import("yaml");
  // Every value is a string as it is written, so that an id of digits does not become a number.
  const document = parseDocument(text, { schema: "failsafe", prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const line = text.slice(0, error.pos[0]).split("\n").length;
    // The library's message may quote the line.
    throw new CommandError(`${file} cannot be used. It is not YAML: line ${line} has a fault (${error.code}).`);
  }
  const parsed = object.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  throw lacking(file, "");
}

function lacking(file: string, what: string): CommandError {
  const forms =
    "the Developer Console's download, usermanagement.config, connector-umapi.yml, or what the aio command line keeps";
  return new CommandError(
    `${file} lacks org_id, client_id and client_secret. ${what === "" ? "" : `${what} `}Expected ${forms}.`,
  );
}
