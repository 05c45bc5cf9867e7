import type { Credentials } from "../../shared/ims/credentials.ts";
import { readText } from "../files.ts";
import type { Output } from "../surroundings.ts";
import { readConfiguration, type Wanted } from "./configuration.ts";
import { readKeyFile, readPrivateKey } from "./private-key.ts";

export interface KeyFiles {
  /** Used in place of the file that the configuration names. */
  readonly keyFile?: string | undefined;
  readonly passphraseFile?: string | undefined;
}

/**
 * Reads a configuration file and, if it is needed, its private key. Says on `stderr` which values were read differently
 * from how they are written.
 *
 * @returns credentials; a private key in them is PEM (PKCS#8) and not encrypted
 * @throws CommandError that shows no value
 */
export async function loadCredentials(
  file: string,
  wanted: Wanted & KeyFiles,
  stderr: Output,
): Promise<Omit<Credentials, "privateKeyPassphrase">> {
  const configuration = await readConfiguration(file, await readText(file), wanted);
  for (const note of configuration.notes) stderr.write(`umapi: warning: ${note}\n`);
  const { privateKey, privateKeyPassphrase, ...credentials } = configuration.credentials;
  if (!wanted.key) return credentials;
  const { passphraseFile, keyFile = configuration.keyFile } = wanted;
  // The line break at the end of the file does not belong to the passphrase.
  const given = passphraseFile === undefined ? undefined : (await readText(passphraseFile)).replace(/\r?\n$/, "");
  const passphrase = given ?? privateKeyPassphrase;
  if (keyFile !== undefined) return { ...credentials, privateKey: await readKeyFile(keyFile, passphrase) };
  if (privateKey === undefined) return credentials;
  return { ...credentials, privateKey: readPrivateKey(file, privateKey, passphrase) };
}
