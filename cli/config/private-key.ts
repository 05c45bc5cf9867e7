import { createPrivateKey } from "node:crypto";
import { CommandError } from "../errors.ts";

/**
 * Reads an RSA private key.
 *
 * @param where it stands, for messages
 * @param passphrase of an encrypted one
 * @returns it in PEM (PKCS#8), no longer encrypted
 * @throws CommandError that shows nothing of the key
 */
export function readPrivateKey(where: string, pem: string, passphrase: string | undefined): string {
  if (!pem.includes("PRIVATE KEY-----"))
    throw new CommandError(`${where} holds no private key: expected PEM, with the line -----BEGIN PRIVATE KEY-----.`);
  if (isEncrypted(pem) && passphrase === undefined)
    throw new CommandError(`${where} is encrypted: name the file that holds its passphrase with --passphrase-file.`);
  const key = parse(where, pem, passphrase);
  if (key.asymmetricKeyType !== "rsa")
    throw new CommandError(`${where} holds a key of another kind: Adobe takes RSA keys.`);
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}

const isEncrypted = (pem: string) => pem.includes("ENCRYPTED");

function parse(where: string, pem: string, passphrase: string | undefined) {
  try {
    return createPrivateKey({ key: pem, ...(passphrase === undefined ? {} : { passphrase }) });
  } catch {
    // OpenSSL's own words may quote the key.
    const reason = isEncrypted(pem) ? "the passphrase does not fit" : "it is damaged";
    throw new CommandError(`The private key in ${where} cannot be read: ${reason}.`);
  }
}
