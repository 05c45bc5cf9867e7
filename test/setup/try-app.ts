import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../infra/bundle/bundle-worker.ts";
import { oldestPeers } from "../../infra/package/manifest.ts";
import { firstNodeOfLocal, type Machine } from "./machine.ts";
import { commandStep, editStep, type Finding, takeSteps } from "./steps.ts";

export type AppKind = "commonjs" | "module" | "oldest";

/**
 * Makes a CDK app as `cdk init app --language typescript` does, installs the package, has two organisations in its stack,
 * and runs what its owner would: `npm test` and `cdk synth`.
 *
 * @param folder of the app; not there yet
 * @param tarball the package
 */
export async function tryApp(
  machine: Machine,
  folder: string,
  tarball: string,
  kind: AppKind,
  node: number,
  onFinding: (finding: Finding) => void,
): Promise<void> {
  const cdk = join(projectRoot, "node_modules/aws-cdk/bin/cdk");
  const command = (name: string, ...words: readonly string[]) => commandStep(machine, folder, name, ...words);
  mkdirSync(folder);
  await takeSteps(
    [
      command("cdk init", "node", cdk, "init", "app", "--language", "typescript", "--generate-only"),
      ...(kind === "oldest" ? [editStep("oldest CDK", () => takeOldest(folder))] : []),
      command("npm install", "npm", "install"),
      command("npm install the package", "npm", "install", tarball),
      ...(kind === "oldest" ? [] : [command("npm install dynalite", "npm", "install", "--save-dev", "dynalite")]),
      editStep("ten lines", () => {
        fillStack(folder, node);
        if (kind === "module") turnIntoModules(folder);
      }),
      command("npm test", "npm", "test"),
      command("cdk synth", "npx", "--no", "cdk", "synth", "--quiet"),
      { name: "two organisations", run: async () => lackOf(16, "AWS::Lambda::Function", join(folder, "cdk.out")) },
    ],
    onFinding,
  );
}

/** Has the app ask for the oldest versions that the package works with. */
function takeOldest(folder: string): void {
  const versions = Object.entries(oldestPeers).map(([name, version]) => `"${name}": "${version}"`);
  change(join(folder, "package.json"), [[/"dependencies": \{[^}]*\}/, `"dependencies": { ${versions.join(", ")} }`]]);
}

function lackOf(expected: number, type: string, assembly: string): string | undefined {
  const found = readdirSync(assembly)
    .filter((name) => name.endsWith(".template.json"))
    .flatMap((name) => readFileSync(join(assembly, name), "utf8").split(`"${type}"`).slice(1));
  return found.length === expected ? undefined : `expected ${expected} of ${type}, found ${found.length}`;
}

/** The lines that somebody adds: two organisations in the stack, a test of it, and one that runs it. */
function fillStack(folder: string, node: number): void {
  const [stackFile = ""] = readdirSync(join(folder, "lib"));
  change(join(folder, "lib", stackFile), [
    ["import { Construct } from 'constructs';", "$&\nimport { UmapiWorkers } from 'umapi-workers';"],
    [
      "// The code that defines your stack goes here",
      "new UmapiWorkers(this, 'Emea');\n    new UmapiWorkers(this, 'Apac', { actionBudget: '5/60' });",
    ],
  ]);
  const stackModule = stackFile.replace(/\.ts$/, "");
  const stackClass = /export class (\w+)/.exec(readFileSync(join(folder, "lib", stackFile), "utf8"))?.[1];
  writeFileSync(
    join(folder, "test", "two-organisations.test.ts"),
    `import { App } from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';
import { ${stackClass} } from '../lib/${stackModule}';

test('each organisation has its queues', () => {
  Template.fromStack(new ${stackClass}(new App(), 'Accounts')).resourceCountIs('AWS::SQS::Queue', 6);
});
`,
  );
  if (node >= firstNodeOfLocal)
    writeFileSync(join(folder, "test", "local.test.ts"), localTest(String(stackClass), stackModule));
}

/** A test of somebody's that runs the stack, by jest as `cdk init` sets it up. */
const localTest = (stackClass: string, stackModule: string) => `import { App } from 'aws-cdk-lib/core';
import { joiner, OperationsClient } from 'umapi-workers/client';
import { startLocal } from 'umapi-workers/testing';
import { ${stackClass} } from '../lib/${stackModule}';

test('a joiner gets an account', async () => {
  const local = await startLocal(new ${stackClass}(new App(), 'Accounts'));
  try {
    const client = new OperationsClient({ url: local.apiUrl });
    const ada = { user: 'ada@example.com', firstname: 'Ada', lastname: 'Lovelace', country: 'GB' };
    const submitted = await client.submit([joiner({ type: 'federatedID', ...ada })], { name: 'test' });
    expect(await client.waitFor(submitted, { timeoutSeconds: 60 })).toMatchObject([{ status: 'succeeded' }]);
    expect(await local.sandbox.users()).toHaveLength(1);
  } finally {
    await local.stop();
  }
}, 120_000);
`;

/** The same app as ES modules: what its owner changes for that, with jest as it is. */
function turnIntoModules(folder: string): void {
  change(join(folder, "package.json"), [['"scripts"', '"type": "module",\n  $&']]);
  renameSync(join(folder, "jest.config.js"), join(folder, "jest.config.cjs"));
  change(join(folder, "jest.config.cjs"), [
    ["module.exports = {", "$&\n  moduleNameMapper: { '^(\\\\.{1,2}/.*)\\\\.js$$': '$$1' },"],
  ]);
  for (const file of ["bin", "test"].flatMap((name) => readdirSync(join(folder, name)).map((file) => join(name, file))))
    change(join(folder, file), [[/(from '\.\.\/lib\/[^']+)'/, "$1.js'"]]);
}

function change(file: string, changes: readonly (readonly [string | RegExp, string])[]): void {
  if (!statSync(file).isFile()) return;
  const before = readFileSync(file, "utf8");
  writeFileSync(
    file,
    changes.reduce((text, [from, to]) => text.replace(from, to), before),
  );
}
