/** What people give in place of a private key in PEM: how to recognise it, and what to do, as the end of a sentence. */
type OtherKey = readonly [pattern: RegExp, advice: (file: string) => string];

const privateHalf = "private.key in the config.zip that the Developer Console gave, if it made the pair";

const inText: readonly OtherKey[] = [
  [
    /-----BEGIN (RSA |EC |DSA )?PUBLIC KEY-----|^(ssh|ecdsa)-\S+ AAAA|---- BEGIN SSH2 PUBLIC/,
    () => `holds a public key. Expected the private key that belongs to it (${privateHalf}).`,
  ],
  [
    /-----BEGIN ((TRUSTED|X509) )?CERTIFICATE-----/,
    () => `holds a certificate. Expected the private key that it was made with (${privateHalf}).`,
  ],
  [
    /-----BEGIN (NEW )?CERTIFICATE REQUEST-----/,
    () => "holds a certificate request. Expected the private key that it was made with.",
  ],
  [
    /-----BEGIN OPENSSH PRIVATE KEY-----/,
    (file) =>
      `holds a key in OpenSSH's own form. Convert a copy: cp ${file} private.pem && ssh-keygen -p -m PEM -f private.pem`,
  ],
  [
    /^PuTTY-User-Key-File/,
    (file) => `holds a key of PuTTY's. Convert it: puttygen ${file} -O private-openssh -o private.pem`,
  ],
];

/** Files that are not text, by their first bytes in hexadecimal. */
const inBytes: readonly OtherKey[] = [
  [/^504b0304/, () => "is a zip archive. Unpack it, and give the private.key that is in it."],
  [
    /^feedfeed|^cececece/,
    (file) =>
      `is a Java key store. Convert it: keytool -importkeystore -srckeystore ${file} -deststoretype PKCS12 -destkeystore key.p12 && openssl pkcs12 -in key.p12 -nocerts -nodes -out private.pem`,
  ],
  [
    /^30(80|8[12]....|83......|[0-7].)020103/,
    (file) => `is a PKCS#12 file. Convert it: openssl pkcs12 -in ${file} -nocerts -nodes -out private.pem`,
  ],
  [/^30/, (file) => `is in DER. Convert it: openssl pkey -inform DER -in ${file} -out private.pem`],
];

/**
 * Says what a text is that is not a private key in PEM.
 *
 * @returns undefined if it is not recognised
 */
export function otherKeyText(text: string, file: string): string | undefined {
  return adviceOn(inText, text, file);
}

/** As `otherKeyText`, for a file that is not text. */
export function otherKeyBytes(bytes: Buffer, file: string): string | undefined {
  return adviceOn(inBytes, bytes.subarray(0, 16).toString("hex"), file);
}

function adviceOn(others: readonly OtherKey[], subject: string, file: string): string | undefined {
  const name = /^[\w./-]+$/.test(file) ? file : `'${file}'`;
  return others.find(([pattern]) => pattern.test(subject))?.[1](name);
}
