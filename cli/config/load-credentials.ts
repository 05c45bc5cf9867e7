import type { Credentials } from "../../shared/ims/credentials.ts";
import { readText } from "../files.ts";
import type { Output } from "../surroundings.ts";
import { readConfiguration, type Wanted } from "./configuration.ts";
import { readKeyFile, readPrivateKey } from "./private-key.ts";

export interface KeyFiles {
  /** In place of the one that the configuration names. */
  readonly keyFile?: string | undefined;
  readonly passphraseFile?: string | undefined;
}

/**
 * Reads a configuration file and, where it is wanted, the private key that belongs to it; says on `stderr` what was
 * taken otherwise than it is written.
 *
 * @returns with a private key in PEM (PKCS#8) that is not encrypted
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
  // The file's last line ends, the passphrase does not.
  const given = passphraseFile === undefined ? undefined : (await readText(passphraseFile)).replace(/\r?\n$/, "");
  const passphrase = given ?? privateKeyPassphrase;
  if (keyFile !== undefined) return { ...credentials, privateKey: await readKeyFile(keyFile, passphrase) };
  if (privateKey === undefined) return credentials;
  return { ...credentials, privateKey: readPrivateKey(file, privateKey, passphrase) };
}
