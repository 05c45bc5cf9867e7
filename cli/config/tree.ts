import * as z from "zod/mini";
import { parseJson } from "../../shared/http/parse-json.ts";
import type { Fields } from "../../shared/ims/credentials.ts";
import { CommandError } from "../errors.ts";
import { isEnvFile, readEnvFile } from "./env-file.ts";
import { readIni } from "./ini.ts";

/** What a configuration file holds, by names. */
export interface Tree {
  readonly values: Fields;
  /** The form of the file has a way of its own to put quotes around a value: what is in a value belongs to it. */
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
  // What people write by hand has comments or a comma too many, which YAML's own braces allow.
  try {
    return await yaml(file, text);
  } catch (cause) {
    throw new CommandError(`${file} cannot be used. It begins as JSON and is not JSON.`, { cause });
  }
}

async function yaml(file: string, text: string): Promise<Fields> {
  const { parseDocument } = await import("yaml");
  // Every value as it is written: an id of digits is not a number.
  const document = parseDocument(text, { schema: "failsafe", prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const line = text.slice(0, error.pos[0]).split("\n").length;
    // The library's words may quote the line.
    throw new CommandError(`${file} cannot be used. It is not YAML from line ${line} on (${error.code}).`);
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
