import { createPrivateKey } from "node:crypto";
import { CommandError } from "../errors.ts";
import { readText } from "../input/read-input.ts";

/**
 * Reads an RSA private key.
 *
 * @param passphrase of an encrypted one
 * @returns it in PEM (PKCS#8), no longer encrypted
 * @throws CommandError that shows nothing of the key
 */
export async function readPrivateKey(file: string, passphrase: string | undefined): Promise<string> {
  const pem = await readText(file);
  if (!pem.includes("PRIVATE KEY-----"))
    throw new CommandError(`${file} holds no private key: expected PEM, with the line -----BEGIN PRIVATE KEY-----.`);
  if (isEncrypted(pem) && passphrase === undefined)
    throw new CommandError(`${file} is encrypted: name the file that holds its passphrase with --passphrase-file.`);
  const key = parse(file, pem, passphrase);
  if (key.asymmetricKeyType !== "rsa")
    throw new CommandError(`${file} holds a key of another kind: Adobe takes RSA keys.`);
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}

const isEncrypted = (pem: string) => pem.includes("ENCRYPTED");

function parse(file: string, pem: string, passphrase: string | undefined) {
  try {
    return createPrivateKey({ key: pem, ...(passphrase === undefined ? {} : { passphrase }) });
  } catch {
    // OpenSSL's own words may quote the key.
    const reason = isEncrypted(pem) ? "the passphrase does not fit" : "it is damaged";
    throw new CommandError(`The private key in ${file} cannot be read: ${reason}.`);
  }
}
