import { describe, expect, test } from "vitest";
import { readConfiguration } from "../../../../cli/config/configuration.ts";
import { loadCredentials } from "../../../../cli/config/load-credentials.ts";
import { configFolder, pem, values } from "../../../support/config-files.ts";
import { kept } from "../../../support/umapi-in-process.ts";

const { orgId, clientId, clientSecret, technicalAccountId } = values;
const { at, write, imported } = configFolder();
write("private.key", pem);

const oauth = {
  client_id: clientId,
  client_secrets: [clientSecret],
  technical_account_id: technicalAccountId,
  scopes: ["openid"],
};
const jwt = {
  client_id: clientId,
  client_secret: clientSecret,
  technical_account_id: technicalAccountId,
  meta_scopes: [],
};
const web = { client_id: "web", client_secret: "p8e-web", redirect_uri: ["https://example.com"] };

/** What the console gives for a project: all that belongs to a workspace of it. */
function project(...credentials: readonly object[]): string {
  const workspace = {
    id: "1",
    name: "Production",
    details: { credentials, services: [{ code: "UserManagementSDK" }] },
  };
  return JSON.stringify({ project: { id: "2", name: "Users", org: { id: "3", ims_org_id: orgId }, workspace } });
}

const ini = (key: string) => `[server]
host = usermanagement.adobe.io
[enterprise]
org_id = ${orgId}
api_key = ${clientId}
client_secret = ${clientSecret}
tech_acct = ${technicalAccountId}
${key}
`;

const yaml = (...lines: readonly string[]) =>
  ["server:", "  #host: usermanagement.adobe.io", "enterprise:", ...lines.map((line) => `  ${line}`), ""].join("\n");
const yamlIds = [`org_id: "${orgId}"`, `client_secret: '${clientSecret}'  # p8e`];

describe("Every form of file gives the same credentials", () => {
  test.each<[what: string, text: string]>([
    ["the project's own form", JSON.stringify(values)],
    [
      "the console's download of a credential",
      JSON.stringify({
        ORG_ID: orgId,
        CLIENT_ID: clientId,
        CLIENT_SECRETS: [clientSecret],
        TECHNICAL_ACCOUNT_ID: technicalAccountId,
        SCOPES: ["openid"],
      }),
    ],
    [
      "the console's older download, of a JWT credential",
      JSON.stringify({
        ORG_ID: orgId,
        API_KEY: clientId,
        CLIENT_SECRET: clientSecret,
        TECHNICAL_ACCOUNT_ID: technicalAccountId,
        META_SCOPES: [],
      }),
    ],
    [
      "the console's download of a project",
      project({ name: "Users", integration_type: "oauth_server_to_server", oauth_server_to_server: oauth }),
    ],
    [
      "the same, among credentials of other kinds",
      project(
        { name: "Site", integration_type: "oauthweb", oauth2: web },
        { name: "Key", integration_type: "apikey", api_key: { client_id: "k" } },
        { name: "Users", integration_type: "oauth_server_to_server", oauth_server_to_server: oauth },
      ),
    ],
    ["the console's download of a project with JWT", project({ name: "Users", integration_type: "service", jwt })],
    [
      "the same while it is being moved to OAuth",
      project({
        name: "Users",
        integration_type: "oauth_server_to_server_migrate",
        jwt: { ...jwt, client_secret: "p8e-old" },
        oauth_server_to_server: oauth,
      }),
    ],
    ["aio's flat form", JSON.stringify({ ...jwt, ims_org_id: orgId })],
    [
      "aio's configuration",
      JSON.stringify({
        ims: {
          contexts: { cli: { access_token: { token: "x" } }, site: web, users: { ...oauth, ims_org_id: orgId } },
          config: { current: "cli" },
        },
      }),
    ],
    [
      "aio's configuration as people write it by hand",
      `{\n  ims: {\n    contexts: {\n      users: {  # ours\n        client_id: ${clientId},\n        client_secret: '${clientSecret}',\n        technical_account_id: ${technicalAccountId},\n        ims_org_id: ${orgId},\n      },\n    },\n  },\n}`,
    ],
    [
      "aio's .env",
      `# .env\nAIO_runtime_namespace=x\nAIO_ims_contexts_My__Users_client__id=${clientId}\nAIO_ims_contexts_My__Users_client__secrets=["${clientSecret}"]\nAIO_ims_contexts_My__Users_technical__account__id=${technicalAccountId}\nAIO_ims_contexts_My__Users_ims__org__id=${orgId}\n`,
    ],
    [
      "App Builder's .env",
      `SERVICE_API_KEY=\nIMS_OAUTH_S2S_CLIENT_ID=${clientId}\nIMS_OAUTH_S2S_CLIENT_SECRETS='["${clientSecret}"]'\nIMS_OAUTH_S2S_TECHNICAL_ACCOUNT_ID=${technicalAccountId}\nIMS_OAUTH_S2S_ORG_ID=${orgId}\n`,
    ],
    [
      "shell variables",
      `export ORG_ID=${orgId}\nexport CLIENT_ID=${clientId}\nexport CLIENT_SECRET=${clientSecret}\nexport TECHNICAL_ACCOUNT_ID=${technicalAccountId}\n`,
    ],
    ["the walkthrough's INI file", ini("")],
    [
      "the same with Windows' line ends, and its names in capitals",
      ini("")
        .replaceAll("\n", "\r\n")
        .replaceAll(/^(\w+) =/gm, (name) => name.toUpperCase()),
    ],
    ["the sync tool's YAML", yaml(...yamlIds, `api_key: ${clientId}`, `tech_acct: ${technicalAccountId}`)],
    [
      "its YAML of today, with an id that looks like a number",
      `authentication_method: oauth\n${yaml(...yamlIds, `client_id: ${clientId}`, `tech_acct_id: ${technicalAccountId}`)}`,
    ],
    [
      "its YAML for reading from the console",
      yaml(...yamlIds, `client_id: ${clientId}`, `tech_acct_id: ${technicalAccountId}`).replace(
        "enterprise:",
        "integration:",
      ),
    ],
  ])("%s", async (_, text) => {
    const { credentials, notes } = await readConfiguration("a file", text, { key: true });
    expect(credentials).toEqual({ orgId, clientId, technicalAccountId, clientSecrets: [clientSecret] });
    expect(notes).toEqual([]);
  });
});

describe("The private key is found where the file has it", () => {
  const indented = pem.trim().replaceAll("\n", "\n      ");
  test.each<[what: string, text: string]>([
    ["beside the INI file", ini("priv_key_filename = private.key")],
    ["in the INI file", ini(`private_key = ${pem}`)],
    ["in the INI file, on one line", ini(`private_key = ${pem.replaceAll("\n", " ")}`)],
    [
      "beside the YAML file",
      yaml(...yamlIds, `api_key: ${clientId}`, `tech_acct: ${technicalAccountId}`, 'priv_key_path: "private.key"'),
    ],
    [
      "in the YAML file",
      yaml(
        ...yamlIds,
        `api_key: ${clientId}`,
        `tech_acct: ${technicalAccountId}`,
        `priv_key_data: |\n      ${indented}`,
      ),
    ],
    ["at the path in aio's form", JSON.stringify({ ...jwt, ims_org_id: orgId, private_key: "private.key" })],
    ["line by line in aio's form", JSON.stringify({ ...jwt, ims_org_id: orgId, private_key: pem.trim().split("\n") })],
    [
      "over several lines of .env",
      `ORG_ID=${orgId}\nCLIENT_ID=${clientId}\nCLIENT_SECRET=${clientSecret}\nTECHNICAL_ACCOUNT_ID=${technicalAccountId}\nPRIVATE_KEY="${pem.trim()}"\n`,
    ],
  ])("%s", async (_, text) => {
    const { privateKey } = await loadCredentials(write("some.config", text), { key: true }, kept());
    expect(privateKey).toBe(pem);
  });

  test("and is left alone where a token is obtained without one", async () => {
    const text = ini("priv_key_filename = nowhere.key");
    const options = { orgId, clientId, technicalAccountId, clientSecrets: [clientSecret] };
    expect(await loadCredentials(write("no-key.config", text), { key: false }, kept())).toEqual(options);
    const oauthOnly = `authentication_method: oauth\n${yaml(...yamlIds, `client_id: ${clientId}`, "priv_key_path: nowhere.key")}`;
    expect((await imported(write("oauth.yml", oauthOnly))).message).toBe("");
  });
});

describe("Of several credentials", () => {
  const named = (name: string, scopes: readonly string[] = []) => ({
    name,
    integration_type: "oauth_server_to_server",
    oauth_server_to_server: { ...oauth, client_id: name, scopes },
  });

  test("the one for the User Management API is taken, where one alone is", async () => {
    const text = project(named("Other"), named("Users", ["openid", "user_management_sdk"]), named("More"));
    expect((await readConfiguration("a file", text, { key: true })).credentials.clientId).toBe("Users");
  });

  test("the one that is named is taken", async () => {
    const text = project(named("Other"), named("Users"), named("More", ["user_management_sdk"]));
    expect((await readConfiguration("a file", text, { key: true, name: "Users" })).credentials.clientId).toBe("Users");
  });

  test.each([
    ["none is named", [], 'There are several credentials: "One", "Two"'],
    ["another is named", ["--credential-name", "Three"], 'no credential "Three". There are: "One", "Two"'],
  ])("they are listed where %s", async (_, args, words) => {
    const { message } = await imported(write("several.json", project(named("One"), named("Two"))), ...args);
    expect(message).toContain(words);
  });

  test("those that cannot be used are told by their kind", async () => {
    const text = project({ name: "Site", integration_type: "oauthweb", oauth2: web });
    expect((await imported(write("site.json", text))).message).toMatch(
      /no OAuth Server-to-Server credential.*oauthweb/,
    );
  });
});

describe("What cannot be read says why, and what to do", () => {
  test.each<[what: string, text: string, words: RegExp]>([
    [
      "a secret in the machine's credential store",
      yaml(`org_id: ${orgId}`, `client_id: ${clientId}`, "secure_client_secret_key: umapi_client_secret"),
      /secure_client_secret_key.*keyring get umapi_client_secret A495.*@AdobeOrg.*as client_secret/,
    ],
    [
      "a client id there",
      yaml(...yamlIds, "secure_api_key_key: umapi_api_key"),
      /keyring get umapi_api_key .*as api_key/,
    ],
    [
      "a key there",
      yaml(...yamlIds, `api_key: ${clientId}`, "secure_priv_key_data_key: umapi_key"),
      /keyring get umapi_key .*--key-file/,
    ],
    [
      "a passphrase there",
      yaml(...yamlIds, `api_key: ${clientId}`, "priv_key_path: private.key", "secure_priv_key_pass_key: pass"),
      /keyring get pass .*--passphrase-file/,
    ],
    [
      "the examples of the sync tool",
      yaml(
        'org_id: "Org ID goes here"',
        'client_id: "Client ID goes here"',
        'client_secret: "Client secret goes here"',
      ),
      /placeholders in org_id, client_id, client_secret/,
    ],
    [
      "the sync tool's main configuration",
      "adobe_users:\n  connectors:\n    umapi: connector-umapi.yml\n",
      /only names the file that holds the credential: connector-umapi.yml/,
    ],
    ["YAML with tabs", yaml(...yamlIds).replaceAll("  ", "\t"), /not YAML: line \d has a fault/],
    ["JSON that is not JSON", '{"orgId": "x"', /begins like JSON but is not JSON/],
    ["a private key", pem, /lacks org_id.*--key-file/],
    ["a text", "Dear all,\n", /lacks org_id.*Expected the Developer Console's download/],
    ["an empty file", "", /lacks org_id/],
    ["an INI file without its section", `[adobe]\norg_id = ${orgId}\n`, /lack a value/],
    [
      "a project of aio, whose secrets are elsewhere",
      project({ name: "Users", integration_type: "oauth_server_to_server" }),
      /no OAuth Server-to-Server credential with its values/,
    ],
  ])("%s", async (_, text, words) => {
    const { message, stdout } = await imported(write("wrong.config", text));
    expect(message).toMatch(words);
    expect(message).toMatch(/^[^\n]+$/);
    expect(stdout).toBe("");
  });

  test("a name that is not there", async () => {
    expect((await imported(at("nowhere.yml"))).message).toContain("there is no such file");
  });
});
