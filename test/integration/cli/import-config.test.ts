import { createPrivateKey } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Credentials, createCredentials } from "../../../infra/local/adobe/credentials.ts";
import { startAdobe } from "../../../infra/local/adobe/http.ts";
import { startLocalAws } from "../../../infra/local/aws/server.ts";
import { systemClock } from "../../../shared/time/system-clock.ts";
import { newFolder } from "../../support/folders.ts";
import { runUmapi } from "../../support/run-umapi.ts";

const passphrase = "correct horse <battery> staple";
const folder = newFolder();
let credentials: Credentials;
let aws: Awaited<ReturnType<typeof startLocalAws>>;
let adobe: Awaited<ReturnType<typeof startAdobe>>;
let secrets: SecretsManagerClient;

beforeAll(async () => {
  credentials = await createCredentials();
  aws = await startLocalAws({ port: 0, clock: systemClock });
  adobe = await startAdobe({ port: 0, rate: { requests: 10, seconds: 60 }, credentials, now: Date.now });
  secrets = new SecretsManagerClient({
    endpoint: aws.endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  const key = createPrivateKey(credentials.privateKey);
  write("private.key", credentials.privateKey);
  write("pkcs1.key", key.export({ type: "pkcs1", format: "pem" }).toString());
  write("locked.key", key.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase }).toString());
  write("passphrase", `${passphrase}\n`);
  write("wrong", "no");
  write("download.json", JSON.stringify(download()));
  for (const name of ["private", "pkcs1", "locked", "missing", "download.json"]) write(`${name}.config`, ini(name));
  write("with-key.json", JSON.stringify({ ...download(), PRIVATE_KEY: credentials.privateKey }));
  write("own.json", JSON.stringify(credentials));
  write("damaged.json", JSON.stringify({ ...credentials, privateKey: `-----BEGIN PRIVATE KEY-----\nno\n` }));
  write("half.json", JSON.stringify({ ...credentials, technicalAccountId: undefined }));
  write("elsewhere.json", JSON.stringify({ ...credentials, orgId: "1234" }));
});

afterAll(async () => {
  secrets.destroy();
  await Promise.all([aws.close(), adobe.close()]);
  folder.remove();
});

const write = (name: string, content: string) => writeFileSync(join(folder.path, name), content);

/** The walkthrough's file, filled in. */
function ini(key: string, other: Record<string, string> = {}): string {
  const values = {
    org_id: credentials.orgId,
    api_key: credentials.clientId,
    client_secret: credentials.clientSecret,
    tech_acct: credentials.technicalAccountId,
    priv_key_filename: key.includes(".") ? key : `${key}.key`,
    ...other,
  };
  return [
    "[server]",
    "host = usermanagement.adobe.io",
    "endpoint = /v2/usermanagement",
    "ims_host = ims-na1.adobelogin.com",
    "ims_endpoint_jwt = /ims/exchange/jwt",
    "",
    "[enterprise]",
    "domain = example.com",
    ...Object.entries(values).map(([name, value]) => `${name} = ${value}`),
  ].join("\n");
}

function download() {
  return {
    CLIENT_SECRETS: ["p8e-being-replaced", credentials.clientSecret],
    ORG_ID: credentials.orgId,
    CLIENT_ID: credentials.clientId,
    SCOPES: ["openid", "AdobeID", "user_management_sdk"],
    TECHNICAL_ACCOUNT_ID: credentials.technicalAccountId,
    TECHNICAL_ACCOUNT_EMAIL: "one@techacct.adobe.com",
  };
}

async function umapi(...args: string[]) {
  const program = runUmapi(args, folder.path, { AWS_ENDPOINT_URL: aws.endpoint });
  const code = await program.exited;
  const { stdout, stderr } = program;
  const keyLine = credentials.privateKey.split("\n")[1] ?? "";
  for (const secret of [credentials.clientSecret, passphrase, keyLine]) expect(stdout + stderr).not.toContain(secret);
  return { code, stdout, stderr };
}

/** Whether Adobe gives a token for what is in the secret. */
async function givesToken(name: string, auth: "oauth" | "jwt"): Promise<boolean> {
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: name }));
  write("from-secret.json", SecretString ?? "");
  const args = ["token", "--auth", auth, "--credentials", "from-secret.json", "--adobe-url", adobe.url];
  return (await umapi(...args)).code === 0;
}

describe("The secret that the workers read is made of", () => {
  test.each([
    ["the walkthrough's INI file and its key", ["private.config"], "jwt"],
    ["an INI file with a PKCS#1 key", ["pkcs1.config"], "jwt"],
    ["an INI file with an encrypted key", ["locked.config", "--passphrase-file", "passphrase"], "jwt"],
    ["the console's download", ["download.json"], "oauth"],
    ["the console's download and a key", ["download.json", "--key-file", "private.key"], "jwt"],
    ["the console's form with the key in it", ["with-key.json"], "jwt"],
    ["the project's own form", ["own.json"], "jwt"],
  ] as const)("%s: created, then updated, and Adobe gives a token for it", async (what, args, auth) => {
    const name = what.replaceAll(/[^a-z]/gi, "-");
    expect(await umapi("import-config", ...args, "--secret", name)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`${name} was created`),
    });
    expect(await umapi("import-config", ...args, "--secret", name)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`${name} was updated`),
    });
    expect(await givesToken(name, auth)).toBe(true);
  });

  test("nothing by a dry run, which shows ids and hides secrets", async () => {
    const { code, stdout } = await umapi("import-config", "private.config", "--dry-run", "--secret", "dry");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      orgId: credentials.orgId,
      clientId: credentials.clientId,
      technicalAccountId: credentials.technicalAccountId,
      clientSecret: expect.stringContaining("not shown"),
      privateKey: expect.stringContaining("not shown"),
    });
    await expect(secrets.send(new GetSecretValueCommand({ SecretId: "dry" }))).rejects.toThrow();
  });
});

describe("One line says what is wrong", () => {
  const untouched = {
    org_id: "my organization id",
    api_key: "my api key/client id",
    client_secret: "my api client secret",
    tech_acct: "my api client technical account",
    priv_key_filename: "<my private key filename>",
  };

  test.each([
    ["with no such file", ["nowhere.config"], /nowhere\.config cannot be read: there is no such file/],
    ["with no such key file", ["missing.config"], /missing\.key cannot be read/],
    ["with a key file that holds no key", ["download.json.config"], /download\.json holds no private key/],
    ["with an encrypted key alone", ["locked.config"], /locked\.key is encrypted.*--passphrase-file/],
    ["with a wrong passphrase", ["locked.config", "--passphrase-file", "wrong"], /the passphrase is wrong/],
    ["with a file of another kind", ["private.key"], /private\.key lacks org_id/],
    [
      "with a damaged key in the file itself",
      ["damaged.json", "--dry-run"],
      /damaged\.json cannot be read: it is damaged/,
    ],
    ["with a key and no technical account", ["half.json", "--dry-run"], /no technical account/],
    ["with an organisation of another form", ["elsewhere.json", "--dry-run"], /@AdobeOrg/],
    ["where no secret is named", ["download.json"], /--secret/],
    [
      "where the ARN is nobody's",
      ["download.json", "--secret", "arn:aws:secretsmanager:us-east-1:000000000000:secret:x"],
      /There is no secret/,
    ],
  ])("%s", async (_, args, expected) => {
    const { code, stdout, stderr } = await umapi("import-config", ...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^umapi: [^\n]+\n$/);
    expect(stderr).toMatch(expected);
  });

  test("where placeholders are left in, by their names", async () => {
    write("untouched.config", ini("private", untouched));
    const { code, stderr } = await umapi("import-config", "untouched.config", "--dry-run");
    expect(code).toBe(1);
    expect(stderr).toMatch(/^umapi: untouched\.config still has its placeholders in [^\n]+\n$/);
    for (const name of Object.keys(untouched)) expect(stderr).toContain(name);
  });

  test("where Secrets Manager cannot be reached", async () => {
    const environment = { AWS_ENDPOINT_URL: "http://127.0.0.1:9" };
    const program = runUmapi(["import-config", "download.json", "--secret", "x"], folder.path, environment);
    expect(await program.exited).toBe(1);
    expect(program.stderr).toMatch(/^umapi: [^\n]*127\.0\.0\.1:9 cannot be reached[^\n]*\n$/);
  });
});
