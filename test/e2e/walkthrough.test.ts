import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseCredentials } from "../../shared/ims/parse-credentials.ts";
import { readExamples } from "../support/examples.ts";
import { runLocalStack } from "../support/local-stack.ts";
import type { SandboxUser } from "../support/sandbox-client.ts";
import { ordinaryPath, pathWithQuickNpx, type } from "../support/shell.ts";
import { commandBlocks } from "../support/walkthrough-page.ts";

const { ports, folder, sandbox } = await runLocalStack("--rate", "100/6");
const service = `--url http://127.0.0.1:${ports.api}`;
const credentialsFile = join(folder, ".local/credentials.json");
const adobe = `--adobe-url http://127.0.0.1:${ports.adobe} --credentials ${credentialsFile}`;
const configuration = writeConfiguration();
const examples = readExamples();
const handingIn = examples.filter(({ input }) => input !== undefined);
const path = pathWithQuickNpx(folder);
const blocks = commandBlocks()
  .filter(({ commands }) => commands !== "npm ci\nnpm start")
  .map((block) => ({ ...block, start: block.commands.split("\n", 1)[0] }));

describe("Before there is a user to update", () => {
  test("update-user fails with what Adobe says, and an exit code that npx passes on", async () => {
    const { code, stdout } = await type(runs("update-user", "--key", "early"), ordinaryPath);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ {2}error +error\.user\.nonexistent/m);
  });
});

/** Who is in the organisation once an example has run, as far as it has changed that. */
const leaves: Readonly<Record<string, Readonly<Record<string, Partial<SandboxUser> | undefined>>>> = {
  "exchange-jwt": {},
  "add-adobe-id-user": { "john.doe@example.com": { type: "adobeID", groups: [] } },
  "create-enterprise-user": { "jane.roe@example.com": { type: "enterpriseID", firstname: "Jane", lastname: "Roe" } },
  "create-federated-user": {
    "mary.major@example.com": {
      type: "federatedID",
      username: "mary.major@example.com",
      firstname: "Mary",
      groups: [],
    },
  },
  "create-federated-user-by-username": {
    "rmiles@example.com": { type: "federatedID", username: "rmiles", firstname: "Richard", lastname: "Miles" },
  },
  "update-user": { "mary.major@example.com": { firstname: "M", lastname: "M" } },
  "add-groups-products": { "mary.major@example.com": { groups: ["Creative Cloud 1"] } },
  "user-multiple-operations": {
    "carla.coe@example.com": { type: "enterpriseID", groups: ["TestGroup1", "Creative Cloud 1"] },
  },
  "multiple-users": {
    "first.user@example.com": { type: "enterpriseID", firstname: "First" },
    "second.user@example.com": { type: "enterpriseID", firstname: "Second" },
  },
  "group-information": {},
  "user-information": {},
  "user-information-by-group": {},
  "remove-groups": { "mary.major@example.com": { groups: [] } },
  "remove-from-org": { "john.doe@example.com": undefined },
};

describe("What the page has one type works from top to bottom", () => {
  test.each(blocks)("$heading: $start", async ({ commands, prints }) => {
    const example = examples.find(({ command }) => command === commands);
    const { code, stdout } = await type(example === undefined ? here(commands) : runs(example.name), path);
    expect(code).toBe(0);
    // Adobe takes the commands of one request in any order, and lists users in the order in which they came.
    if (prints !== undefined) expect(linesOf(stdout)).toEqual(linesOf(prints));
    if (example !== undefined) await expectUsers(leaves[example.name]);
  });
});

describe("The examples that submit something", () => {
  test("show what became of that when they are run once more, and send nothing", async () => {
    const before = await sandbox.actionRequests();
    for (const { name } of handingIn) {
      const { code, stdout } = await type(runs(name, "--json"), path);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^\[.*"status":"succeeded".*\]\n$/s);
    }
    expect(await sandbox.actionRequests()).toEqual(before);
  });

  test("succeed when they are submitted again, in another order", async () => {
    for (const { name } of handingIn)
      expect(await type(runs(name, "--key", `${name}-anew`), path)).toMatchObject({ code: 0 });
  });
});

const linesOf = (text: string) => text.split("\n").toSorted();

async function expectUsers(expected: Readonly<Record<string, Partial<SandboxUser> | undefined>> | undefined) {
  if (expected === undefined) throw new Error("Nothing is said of what this example leaves");
  const users = new Map((await sandbox.users()).map((user) => [user.email, user]));
  for (const [email, user] of Object.entries(expected))
    if (user === undefined) expect(users.has(email)).toBe(false);
    else expect(users.get(email)).toMatchObject(user);
}

/** The command that runs an example against this file's stack. */
function runs(name: string, ...flags: readonly string[]): string {
  return here(["sh", `examples/${name}.sh`, ...flags].join(" "));
}

/** Commands for a stack on the default ports as they are for this file's. */
function here(commands: string): string {
  return commands
    .replaceAll("http://127.0.0.1:3001", `http://127.0.0.1:${ports.adobe}`)
    .replaceAll("usermanagement.config", configuration)
    .replaceAll(/^npx umapi (submit|status|list)/gm, `$& ${service}`)
    .replaceAll(/^npx umapi (token|users|user|groups)\b/gm, `$& ${adobe}`)
    .replaceAll(/^sh examples\/([a-z-]+)\.sh/gm, (start, name) => `${start} ${flagsOf(name)}`);
}

function flagsOf(name: string): string {
  const { input } = examples.find((example) => example.name === name) ?? {};
  return input === undefined ? adobe : service;
}

/** The walkthrough's `usermanagement.config`, with the sandbox's credentials. @returns its path */
function writeConfiguration(): string {
  const { orgId, clientId, clientSecrets, technicalAccountId, privateKey } = parseCredentials(
    readFileSync(credentialsFile, "utf8"),
  );
  const values = { org_id: orgId, api_key: clientId, client_secret: clientSecrets[0], tech_acct: technicalAccountId };
  const lines = Object.entries({ ...values, priv_key_filename: "private.key" }).map(
    ([name, value]) => `${name} = ${value}`,
  );
  const file = join(folder, "usermanagement.config");
  writeFileSync(file, ["[enterprise]", ...lines, ""].join("\n"));
  writeFileSync(join(folder, "private.key"), privateKey ?? "");
  return file;
}
