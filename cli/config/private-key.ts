import { createPrivateKey, type KeyObject } from "node:crypto";
import { derToPem, pemOf } from "../../shared/ims/key-text.ts";
import { CommandError } from "../errors.ts";
import { readBytes } from "../files.ts";
import { otherKeyBytes, otherKeyText } from "./other-keys.ts";

/**
 * Reads an RSA private key from a file.
 *
 * @param passphrase of an encrypted one
 * @returns the key in PEM (PKCS#8), no longer encrypted
 * @throws CommandError that shows nothing of the key, and says how to convert what cannot be read
 */
export async function readKeyFile(file: string, passphrase: string | undefined): Promise<string> {
  const bytes = await readBytes(file);
  const text = textOf(bytes);
  if (text !== undefined) return readPrivateKey(file, text, passphrase, file);
  const pem = derToPem(bytes);
  if (pem !== undefined) return readPrivateKey(file, pem, passphrase, file);
  throw new CommandError(`${file} ${otherKeyBytes(bytes, file) ?? expected}`);
}

/** @returns undefined if the bytes are not text in UTF-8 or, as Windows PowerShell writes, in UTF-16 */
function textOf(bytes: Buffer): string | undefined {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    const text = new TextDecoder(isUtf16 ? "utf-16le" : "utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}

/**
 * Reads an RSA private key.
 *
 * @param where the key stands, for messages
 * @param file what commands that convert it call its file
 * @returns the key in PEM (PKCS#8), no longer encrypted
 * @throws CommandError that shows nothing of the key, and says how to convert what cannot be read
 */
export function readPrivateKey(where: string, text: string, passphrase: string | undefined, file = "key.pem"): string {
  const pem = pemOf(text);
  if (!pem.includes("PRIVATE KEY-----") || pem.includes("OPENSSH"))
    throw new CommandError(`${where} ${otherKeyText(text.trim(), file) ?? expected}`);
  if (!/-----END [A-Z ]*PRIVATE KEY-----/.test(pem))
    throw new CommandError(
      `The private key in ${where} cannot be read: it is damaged (its last line, -----END…, is missing).`,
    );
  if (isEncrypted(pem) && passphrase === undefined)
    throw new CommandError(
      `${where} is encrypted: name the file that holds its passphrase to umapi import-config with --passphrase-file.`,
    );
  const key = parse(where, pem, passphrase, file);
  if (key.asymmetricKeyType !== "rsa")
    throw new CommandError(`${where} holds a key of type ${key.asymmetricKeyType}: Adobe takes RSA keys. ${makeOne}`);
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < 2048)
    throw new CommandError(`${where} holds an RSA key of ${bits} bits: Adobe takes 2048 or more. ${makeOne}`);
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}

const expected = "holds no private key: expected PEM, with the line -----BEGIN PRIVATE KEY-----.";

const makeOne =
  "Make one, and upload its certificate in the Developer Console: openssl req -x509 -sha256 -nodes -newkey rsa:2048 -days 365 -keyout private.key -out certificate_pub.crt";

const isEncrypted = (pem: string) => pem.includes("ENCRYPTED");

function parse(where: string, pem: string, passphrase: string | undefined, file: string): KeyObject {
  try {
    return createPrivateKey({ key: pem, ...(passphrase === undefined ? {} : { passphrase }) });
  } catch (error) {
    // OpenSSL's own message may quote the key.
    throw new CommandError(`The private key in ${where} cannot be read: ${reasonOf(error, pem, file)}`);
  }
}

function reasonOf(error: unknown, pem: string, file: string): string {
  if (!isEncrypted(pem)) return "it is damaged.";
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (/UNSUPPORTED/.test(code))
    return `it is encrypted in a way that is no longer supported. Convert it: openssl pkcs8 -topk8 -v2 aes-256-cbc -provider legacy -provider default -in ${file} -out private.pem`;
  return "the passphrase is wrong.";
}
