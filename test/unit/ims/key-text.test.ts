import { createPrivateKey } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pemOf } from "../../../shared/ims/key-text.ts";
import { key, pem } from "../../support/config-files.ts";

const exported = (type: "pkcs1" | "pkcs8", passphrase?: string) =>
  key
    .export({ type, format: "pem", ...(passphrase === undefined ? {} : { cipher: "aes-256-cbc", passphrase }) })
    .toString();
const forms = {
  "PKCS#8": pem,
  "PKCS#1": exported("pkcs1"),
  "PKCS#8 with a passphrase": exported("pkcs8", "swordfish"),
  "PKCS#1 with a passphrase": exported("pkcs1", "swordfish"),
};

const base64 = (text: string) => Buffer.from(text).toString("base64");

describe.each(Object.entries(forms))("A key in %s is read", (_, text) => {
  test.each<[how: string, mangled: string]>([
    ["as it is", text],
    ["with Windows' line ends", text.replaceAll("\n", "\r\n")],
    ["with its line ends written out", text.replaceAll("\n", "\\n")],
    ["with those of Windows written out", text.replaceAll("\n", "\\r\\n")],
    ["with its line ends written out twice over", text.replaceAll("\n", "\\\\n")],
    ["on one line, with blanks", text.replaceAll("\n", " ")],
    ["indented", text.replaceAll(/^/gm, "    ")],
    ["in base64", base64(text)],
    ["in base64 with line ends", base64(text).replaceAll(/.{76}/g, "$&\n")],
    ["in base64 twice over", base64(base64(text))],
    ["behind what openssl prints before it", `Bag Attributes\n    localKeyID: 01\n${text}`],
    ["behind its certificate", `-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n${text}`],
  ])("%s", (_, mangled) => {
    const read = createPrivateKey({ key: pemOf(mangled), passphrase: "swordfish" });
    expect(read.equals(key)).toBe(true);
  });
});

test.each(["pkcs1", "pkcs8"] as const)("The base64 of a key alone is read, in %s", (type) => {
  const bare = key.export({ type, format: "der" }).toString("base64");
  expect(createPrivateKey(pemOf(bare)).equals(key)).toBe(true);
});

test("Text that is not a key comes back as it is", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
      expect(pemOf(text)).toBe(text);
    }),
  );
});
