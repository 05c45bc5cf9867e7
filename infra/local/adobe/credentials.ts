import { createPrivateKey, generateKeyPair } from "node:crypto";
import { link, mkdir, readFile, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { isObject } from "./field-rules.ts";
import { hex, type Random, secureRandom } from "./randomness.ts";

/** The credentials that Adobe's Developer Console issues for one integration, for both kinds of token. */
export interface Credentials {
  /** `…@AdobeOrg` */
  readonly orgId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** `…@techacct.adobe.com` */
  readonly technicalAccountId: string;
  /** RSA, PEM, PKCS#8. */
  readonly privateKey: string;
}

/** A new set of credentials. Takes some hundred milliseconds for its RSA key of 2048 bits. */
export async function createCredentials(random: Random = secureRandom): Promise<Credentials> {
  return {
    orgId: `${hex(random, 24)}@AdobeOrg`,
    clientId: hex(random, 32).toLowerCase(),
    clientSecret: `p8e-${hex(random, 40).toLowerCase()}`,
    technicalAccountId: `${hex(random, 24)}@techacct.adobe.com`,
    privateKey: await createPrivateKeyPem(),
  };
}

export async function createPrivateKeyPem(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

/**
 * Reads `credentials.json` in `dir`, or writes a new one (mode 0600) if there is none.
 * @throws Error naming the file and the field if it cannot be used
 */
export async function loadOrCreateCredentials(dir: string): Promise<Credentials> {
  const file = join(dir, "credentials.json");
  return (await load(file)) ?? (await createFile(dir, file));
}

async function load(file: string): Promise<Credentials | undefined> {
  let content: string;
  try {
    content = await readFile(file, "utf8");
  } catch (cause) {
    if (codeOf(cause) === "ENOENT") return undefined;
    throw new Error(`${file} cannot be read: ${codeOf(cause)}`, { cause });
  }
  return parse(file, content);
}

/** Two programs may start at once: the file appears complete, and the second program uses it. */
async function createFile(dir: string, file: string): Promise<Credentials> {
  const credentials = await createCredentials();
  const draft = `${file}.${hex(secureRandom, 16)}`;
  await mkdir(dir, { recursive: true });
  // Whoever keeps the folder in git keeps this out.
  await writeFile(join(dir, ".gitignore"), "*\n");
  await writeFile(draft, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  try {
    await link(draft, file);
    return credentials;
  } catch (cause) {
    if (codeOf(cause) !== "EEXIST") throw new Error(`${file} cannot be written: ${codeOf(cause)}`, { cause });
    return parse(file, await readFile(file, "utf8"));
  } finally {
    await unlink(draft);
  }
}

function parse(file: string, content: string): Credentials {
  const remedy = "Mend it, or delete the file, and a new one is written.";
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    throw new Error(`${file} is not JSON. ${remedy}`);
  }
  if (!isObject(value)) throw new Error(`${file} must hold a JSON object. ${remedy}`);
  const fields = value;
  const read = (field: string): string => {
    const found = fields[field];
    if (typeof found !== "string" || found === "") {
      throw new Error(`${file}: "${field}" must be a non-empty string. ${remedy}`);
    }
    return found;
  };
  const credentials = {
    orgId: read("orgId"),
    clientId: read("clientId"),
    clientSecret: read("clientSecret"),
    technicalAccountId: read("technicalAccountId"),
    privateKey: read("privateKey"),
  };
  if (!credentials.orgId.endsWith("@AdobeOrg")) throw new Error(`${file}: "orgId" must end with @AdobeOrg. ${remedy}`);
  try {
    createPrivateKey(credentials.privateKey);
  } catch {
    throw new Error(`${file}: "privateKey" must be a private key in PEM. ${remedy}`);
  }
  return credentials;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
