/**
 * Restores the lines of a private key in PEM that was changed on the way: `\n` written out, everything on one
 * line, base64 of the whole file, or base64 of the DER alone.
 *
 * @returns the key in PEM; the unchanged text if it has none of these forms
 */
export function pemOf(text: string): string {
  // Neither PEM nor base64 contains a backslash.
  const lines = text.trim().replaceAll(/(\\+r)?\\+n|\\+r/g, "\n");
  if (lines.includes(begin)) return reflowed(lines) ?? text;
  const compact = lines.replaceAll(/\s/g, "");
  if (!/^[\w+/-]{64,}=*$/.test(compact)) return text;
  const bytes = Buffer.from(compact, "base64");
  const decoded = bytes.toString("latin1");
  const pem = derToPem(bytes) ?? pemOf(decoded);
  return pem.includes(begin) ? pem : text;
}

/** @returns the PEM of a private key in DER; undefined if the bytes are not one */
export function derToPem(bytes: Buffer): string | undefined {
  const label = labelOf(bytes);
  return label === undefined ? undefined : block(label, "", bytes.toString("base64"));
}

const begin = "-----BEGIN ";

/** The first private key of the text, or else its first block. */
function reflowed(text: string): string | undefined {
  const blocks = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----/gs)];
  const [, label, body] = blocks.find(([, name]) => name?.endsWith("PRIVATE KEY")) ?? blocks[0] ?? [];
  if (label === undefined || body === undefined) return undefined;
  // RFC 1421: the headers that an encrypted PKCS#1 key has before its base64.
  const [headers = "", type, algorithm] = /^\s*(Proc-Type:\s*\S+)\s+(DEK-Info:\s*\S+)/.exec(body) ?? [];
  const encryption = headers === "" ? "" : `${type}\n${algorithm}\n\n`;
  return block(label, encryption, body.slice(headers.length).replaceAll(/\s/g, ""));
}

function block(label: string, headers: string, base64: string): string {
  const lines = base64.replaceAll(/.{64}(?=.)/g, "$&\n");
  return `-----BEGIN ${label}-----\n${headers}${lines}\n-----END ${label}-----\n`;
}

/**
 * Both forms begin with a sequence and the version 0. Then comes the algorithm (RFC 5208) or the modulus (RFC 8017).
 */
function labelOf(bytes: Buffer): string | undefined {
  if (bytes[0] !== 0x30) return undefined;
  const length = bytes[1] ?? 0;
  const content = bytes.subarray(length < 0x80 ? 2 : 2 + (length & 0x7f));
  const [tag, size, version, next] = content;
  if (tag !== 0x02 || size !== 1 || version !== 0) return undefined;
  return next === 0x30 ? "PRIVATE KEY" : next === 0x02 ? "RSA PRIVATE KEY" : undefined;
}
