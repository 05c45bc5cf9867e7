import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction as Target } from "aws-cdk-lib/aws-events-targets";
import { Code, Function as LambdaFunction, Runtime } from "aws-cdk-lib/aws-lambda";
import { Topic } from "aws-cdk-lib/aws-sns";
import { afterAll, expect, test } from "vitest";
import { UmapiWorkers } from "../../infra/umapi-workers.ts";
import { ChildProgram } from "../support/child-program.ts";
import { createPerson } from "../support/commands.ts";
import { newFolder } from "../support/folders.ts";
import { printedUrl } from "../support/local-stack.ts";
import { anyPorts, repository } from "../support/local-start.ts";
import { OperationsClient } from "../support/operations-client.ts";
import { SandboxClient } from "../support/sandbox-client.ts";

const folder = newFolder();
const outdir = join(folder.path, "cdk.out");
const started: ChildProgram[] = [];
afterAll(async () => {
  for (const program of started) program.end();
  await Promise.all(started.map(({ exited }) => exited));
  folder.remove();
});

function umapi(...args: readonly string[]): ChildProgram {
  const main = join(repository, "cli/main.ts");
  return ChildProgram.run({ command: process.execPath, args: [main, "local", ...args], folder: folder.path });
}

/** An app of somebody's own: two organisations, and a function that the night calls. */
function synthesize(): void {
  const code = join(folder.path, "code");
  mkdirSync(code);
  writeFileSync(
    join(code, "index.js"),
    `exports.handler = async ({ time }) => {
      const body = ${JSON.stringify(JSON.stringify(createPerson("nightly@example.com")))};
      const headers = { "content-type": "application/json", "idempotency-key": time };
      const answer = await fetch(process.env.UMAPI_URL + "v1/operations", { method: "POST", headers, body });
      console.log("handed in: " + answer.status);
    };`,
  );
  const app = new App({ outdir, context: { "aws:cdk:enable-path-metadata": true } });
  const stack = new Stack(app, "Accounts");
  const alarmTopic = new Topic(stack, "Alarms");
  new UmapiWorkers(stack, "Emea", { alarmTopic });
  const apac = new UmapiWorkers(stack, "Apac", { alarmTopic, actionBudget: "5/60" });
  const nightly = new LambdaFunction(stack, "Nightly", {
    code: Code.fromAsset(code),
    handler: "index.handler",
    runtime: Runtime.NODEJS_24_X,
  });
  apac.connect(nightly);
  new Rule(stack, "EveryNight", {
    schedule: Schedule.cron({ hour: "2", minute: "0" }),
    targets: [new Target(nightly)],
  });
  new Topic(new Stack(app, "Website"), "Visits");
  app.synth();
}

test("umapi local runs somebody's own stack, and umapi local fire its schedule", async () => {
  synthesize();
  const program = umapi(outdir, ...anyPorts);
  started.push(program);
  await program.line(/^Ready/);
  const sandbox = new SandboxClient(await printedUrl(program, /^Adobe sandbox\s+(\S+)/));
  const { port: awsPort } = new URL(await printedUrl(program, /^AWS\s+(\S+)/));
  expect(program.stdout).toMatch(/^API +http:\/\/127\.0\.0\.1:\d+\/v1\/operations \(Emea\/HttpApi\/Api\)$/m);
  expect(program.stdout).toMatch(/^API +http:\/\/127\.0\.0\.1:\d+ \(Apac\/HttpApi\/Api\)$/m);
  expect(program.stdout).toContain("Fire it: umapi local fire EveryNight\n");
  expect(program.stdout).toContain("Not run here: Alarms (AWS::SNS::Topic). Functions that ask for one find nobody.\n");
  expect(program.stdout).toContain("Not run here: the stacks Website.\n");

  const fire = umapi("fire", "EveryNight", "--aws-port", awsPort);
  expect(await fire.exited).toBe(0);
  expect(fire.stdout).toMatch(/^Fired EveryNight\. /);
  await program.line(/handed in: 202$/);
  await program.line(/^schedule EveryNight ended: returned$/);
  await program.line(/^operation \S+ succeeded$/);
  expect((await sandbox.users()).map(({ email }) => email)).toEqual(["nightly@example.com"]);

  const unknown = umapi("fire", "Daily", "--aws-port", awsPort);
  expect(await unknown.exited).toBe(1);
  expect(unknown.stderr).toMatch(/^umapi: The stack has no schedule Daily\. It has .*EveryNight.*\.\n$/);

  const second = umapi(outdir, "--port", "0", "--adobe-port", "0", "--aws-port", awsPort);
  expect(await second.exited).toBe(1);
  expect(second.stderr).toContain("Use what is running, or start beside it: umapi local --aws-port 0\n");

  // What one organisation has not done counts as much as what the other has not.
  const apis = [...program.stdout.matchAll(/^API +(http:\/\/127\.0\.0\.1:\d+)/gm)].map(([, url = ""]) => url);
  expect(apis).toHaveLength(2);
  for (const url of apis) {
    await fetch(`${url}/v1/lane/pause`, { method: "POST" });
    const commands = ["one@example.com", "two@example.com"].map((user) => createPerson(user));
    await new OperationsClient(url).handIn(commands);
  }
  program.signal("SIGINT");
  program.signal("SIGINT");
  expect(await program.exited).toBe(0);
  const lost = "Stopped. 4 operations were not finished, and are gone: the local queue is in memory.";
  expect(program.stdout.trimEnd().split("\n").at(-1)).toBe(lost);
});

test("umapi local that is stopped while it starts says so", async () => {
  const program = umapi(outdir, ...anyPorts);
  started.push(program);
  await program.line(/^Starting /);
  program.signal("SIGTERM");
  expect(await program.exited).toBe(0);
  expect(program.stdout).toMatch(/\nStopped while starting\. Nothing was queued\.\n$/);
});

test("umapi local without a stack to run is one sentence, and so is a schedule without a running stack", async () => {
  const empty = join(folder.path, "empty");
  mkdirSync(empty);
  for (const [args, sentence] of [
    [[empty], `There is no *.template.json in ${empty}. Synthesize the app`],
    [[join(empty, "absent")], `Cannot read the folder ${join(empty, "absent")}`],
    [["--port", "4999", "--aws-port", "4999"], "--port and --aws-port are both 4999; expected different ports"],
    [["fire", "Nightly", "--aws-port", "9"], "Nothing runs at http://127.0.0.1:9. Start your stack (umapi local)"],
  ] as const) {
    const program = umapi(...args);
    expect(await program.exited).toBe(1);
    expect(program.stderr).toMatch(/^umapi: .*\n$/);
    expect(program.stderr).toContain(sentence);
  }
});
