import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/** A certificate and the private key that belongs to it, both in PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface Wanted {
  /** Host names and IPv4 addresses that it is for; none for an authority. */
  readonly hosts?: readonly string[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  /** @default - it signs itself */
  readonly issuer?: Certificate & { readonly name: string };
}

const day = 86_400_000;

/** Makes an X.509 certificate (RFC 5280), valid from yesterday until tomorrow unless it is to be otherwise. */
export function certificate(name: string, wanted: Wanted = {}): Certificate & { readonly name: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { hosts = [], issuer, notBefore = new Date(Date.now() - day), notAfter = new Date(Date.now() + day) } = wanted;
  const content = sequence(
    tagged(0xa0, integer(Buffer.of(2))),
    // A positive number.
    integer(Buffer.concat([Buffer.of(1), randomBytes(15)])),
    signature,
    subject(issuer?.name ?? name),
    sequence(time(notBefore), time(notAfter)),
    subject(name),
    publicKey.export({ type: "spki", format: "der" }),
    tagged(0xa3, sequence(...extensions(hosts))),
  );
  const signer: KeyObject = issuer === undefined ? privateKey : createPrivateKey(issuer.key);
  const whole = sequence(content, signature, bits(sign("sha256", content, signer)));
  const base64 = whole.toString("base64").replaceAll(/.{64}/g, "$&\n");
  return {
    name,
    cert: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

function tagged(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const bytes = Buffer.concat(content);
  const size = bytes.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.of(tag, ...length), bytes]);
}

const sequence = (...content: readonly Uint8Array[]) => tagged(0x30, ...content);
const integer = (bytes: Buffer) => tagged(0x02, bytes);
const bits = (bytes: Buffer) => tagged(0x03, Buffer.of(0), bytes);
const time = (date: Date) => tagged(0x18, Buffer.from(`${date.toISOString().replaceAll(/[-T:]|\..*/g, "")}Z`));
/** An object identifier by the bytes of its encoding. */
const identifier = (hex: string) => tagged(0x06, Buffer.from(hex, "hex"));
const signature = sequence(identifier("2a8648ce3d040302"));
const subject = (name: string) =>
  sequence(tagged(0x31, sequence(identifier("550403"), tagged(0x0c, Buffer.from(name)))));

function extensions(hosts: readonly string[]): Buffer[] {
  const isAuthority = hosts.length === 0;
  const names = hosts.map((host) =>
    /^[\d.]+$/.test(host) ? tagged(0x87, Buffer.from(host.split(".").map(Number))) : tagged(0x82, Buffer.from(host)),
  );
  const constraints = sequence(
    identifier("551d13"),
    tagged(0x01, Buffer.of(0xff)),
    tagged(0x04, isAuthority ? sequence(tagged(0x01, Buffer.of(0xff))) : sequence()),
  );
  return isAuthority ? [constraints] : [constraints, sequence(identifier("551d11"), tagged(0x04, sequence(...names)))];
}
