import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { configFolder, key, pem, publicKey, values } from "../../../support/config-files.ts";

const { write, imported } = configFolder();
const config = write("adobe.json", JSON.stringify(values));

const block = (label: string, content = "MIIB") => `-----BEGIN ${label}-----\n${content}\n-----END ${label}-----\n`;
const ofKind = (kind: "ec" | "ed25519") =>
  (kind === "ec" ? generateKeyPairSync("ec", { namedCurve: "P-256" }) : generateKeyPairSync("ed25519")).privateKey
    .export({ type: "pkcs8", format: "pem" })
    .toString();
const locked = key.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "swordfish" }).toString();
const small = generateKeyPairSync("rsa", { modulusLength: 1024 })
  .privateKey.export({ type: "pkcs8", format: "pem" })
  .toString();
const hex = (text: string) => Buffer.from(text.padEnd(64, "0"), "hex");

describe("A key file that is read", () => {
  test.each<[what: string, content: string | Uint8Array]>([
    ["in PEM", pem],
    ["in UTF-16, as Windows PowerShell writes", Buffer.from(`\ufeff${pem}`, "utf16le")],
    ["with a byte order mark", `\ufeff${pem}`],
    ["in DER, PKCS#8", key.export({ type: "pkcs8", format: "der" })],
    ["in DER, PKCS#1", key.export({ type: "pkcs1", format: "der" })],
  ])("%s", async (_, content) => {
    const { message, stdout } = await imported(config, "--key-file", write("good.key", content));
    expect(message).toBe("");
    expect(JSON.parse(stdout)).toMatchObject({ privateKey: `(${pem.length} characters, not shown)` });
  });
});

describe("A key file that cannot be read says what it is, and how to convert it", () => {
  test.each<[what: string, content: string | Uint8Array, words: RegExp]>([
    ["a public key", publicKey.export({ type: "spki", format: "pem" }), /public key.*private key that belongs to it/],
    ["a public key for RSA alone", publicKey.export({ type: "pkcs1", format: "pem" }), /public key/],
    ["a public key of OpenSSH", "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC someone@example.com\n", /public key/],
    ["a certificate", block("CERTIFICATE"), /certificate.*private\.key in the config\.zip/],
    ["a request for one", block("CERTIFICATE REQUEST"), /certificate request/],
    ["OpenSSH's form", block("OPENSSH PRIVATE KEY"), /cp .*\.key private\.pem && ssh-keygen -p -m PEM -f private\.pem/],
    ["PuTTY's form", "PuTTY-User-Key-File-3: ssh-rsa\n", /puttygen .*\.key -O private-openssh -o private\.pem/],
    ["PKCS#12", hex("308209d10201033082"), /openssl pkcs12 -in .*\.key -nocerts -nodes -out private\.pem/],
    ["a Java key store", hex("feedfeed00000002"), /keytool -importkeystore -srckeystore .*\.key/],
    [
      "an encrypted key in DER",
      key.export({ type: "pkcs8", format: "der", cipher: "aes-256-cbc", passphrase: "swordfish" }),
      /openssl pkey -inform DER -in .*\.key -out private\.pem/,
    ],
    ["a zip archive", hex("504b0304"), /zip archive\. Unpack it.*private\.key/],
    ["an EC key", ofKind("ec"), /key of type ec:.*openssl req -x509 .*-newkey rsa:2048/],
    ["an Ed25519 key", ofKind("ed25519"), /key of type ed25519:.*openssl req/],
    ["an RSA key that is too short", small, /1024 bits.*openssl req/],
    ["an encrypted key without its passphrase", locked, /is encrypted.*--passphrase-file/],
    ["a key that is cut off", pem.slice(0, 400), /damaged.*-----END/],
    ["a key with a part missing", pem.replace(/^.{64}$/m, ""), /it is damaged/],
    ["a page of the web", "<!doctype html>", /holds no private key: expected PEM/],
    ["an empty file", "", /holds no private key: expected PEM/],
    ["bytes of any kind", hex("00ff00ff"), /holds no private key: expected PEM/],
  ])("%s", async (_, content, words) => {
    const { message } = await imported(config, "--key-file", write("some.key", content));
    expect(message).toMatch(words);
    expect(message).toMatch(/^[^\n]+$/);
  });

  test("a wrong passphrase", async () => {
    const args = ["--key-file", write("locked.key", locked), "--passphrase-file", write("wrong", "no\n")];
    expect((await imported(config, ...args)).message).toContain("the passphrase is wrong");
  });
});

test("An encrypted key and its passphrase are read from one file, and the secret's key is no longer encrypted", async () => {
  const own = { ...values, privateKey: locked, privateKeyPassphrase: "swordfish" };
  const aio = { ...values, private_key: locked, passphrase: "swordfish" };
  const yaml = `enterprise:\n  org_id: ${values.orgId}\n  client_id: ${values.clientId}\n  client_secret: ${values.clientSecret}\n  tech_acct_id: ${values.technicalAccountId}\n  priv_key_pass: swordfish\n  priv_key_data: ${JSON.stringify(locked)}\n`;
  for (const text of [JSON.stringify(own), JSON.stringify(aio), yaml]) {
    const { message, stdout } = await imported(write("locked.json", text));
    expect(message).toBe("");
    expect(JSON.parse(stdout)).toEqual({
      orgId: values.orgId,
      clientId: values.clientId,
      clientSecret: expect.stringContaining("not shown"),
      technicalAccountId: values.technicalAccountId,
      privateKey: `(${pem.length} characters, not shown)`,
    });
  }
});
