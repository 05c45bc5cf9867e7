import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../infra/bundle/bundle-worker.ts";
import type { Machine } from "./machine.ts";

export type AppKind = "commonjs" | "module";

/** What was tried, in order; the last one failed if it has trouble. */
export interface AppFinding {
  readonly step: string;
  readonly seconds: number;
  /** What it wrote, if it failed. */
  readonly trouble?: string;
}

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
  onFinding: (finding: AppFinding) => void,
): Promise<void> {
  const cdk = join(projectRoot, "node_modules/aws-cdk/bin/cdk");
  mkdirSync(folder);
  const edit = () => (kind === "module" ? turnIntoModules(folder) : undefined);
  const steps: readonly (readonly [string, string, readonly string[]])[] = [
    ["cdk init", "node", [cdk, "init", "app", "--language", "typescript", "--generate-only"]],
    ["npm install", "npm", ["install"]],
    ["npm install the package", "npm", ["install", tarball]],
    ["npm test", "npm", ["test"]],
    ["cdk synth", "npx", ["--no", "cdk", "synth", "--quiet"]],
  ];
  for (const [step, command, args] of steps) {
    if (step === "npm test") {
      fillStack(folder);
      edit();
    }
    const startedMs = performance.now();
    const { code, output } = await machine.run(command, args, { folder });
    const seconds = Math.round((performance.now() - startedMs) / 1000);
    if (code !== 0) return onFinding({ step, seconds, trouble: output });
    onFinding({ step, seconds });
  }
  const functions = readdirSync(join(folder, "cdk.out"))
    .filter((name) => name.endsWith(".template.json"))
    .flatMap((name) => readFileSync(join(folder, "cdk.out", name), "utf8").match(/"AWS::Lambda::Function"/g) ?? []);
  if (functions.length !== 16)
    onFinding({ step: "two organisations", seconds: 0, trouble: `expected 16 functions, found ${functions.length}` });
}

/** The lines that somebody adds: two organisations in the stack, and a test of it. */
function fillStack(folder: string): void {
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
}

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
