import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleWorker, projectRoot } from "../../../infra/bundle/bundle-worker.ts";
import { bundledCode } from "../../../infra/bundle/bundled-code.ts";
import { temporaryFolder } from "../../support/folders.ts";
import { inlineCode, synthesizeInto } from "./template-of.ts";

const fixture = "test/integration/build/fixtures/worker.ts";
const workers = readdirSync(join(projectRoot, "functions"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith("main.ts"))
  .map((file) => join("functions", file));

describe.each([fixture, ...workers])("the bundle of %s", (entry) => {
  const { files, inputs, imports } = bundleWorker(entry);

  it("is one module and its source map, beside what it reads when it runs", () => {
    const read = entry === "functions/operations/main.ts" ? ["openapi.json"] : [];
    expect(files.map(({ name }) => name).toSorted()).toEqual(["index.mjs", "index.mjs.map", ...read]);
    // In the module, every start would load it.
    for (const name of read) expect(text(files, "index.mjs")).not.toContain(text(files, name).slice(0, 500));
  });

  it.each([
    ["ways to find credentials that Lambda never uses", /credential-provider-(?!env)|token-providers|nested-clients/],
    ["zod's locales", /zod\/v4\/locales/],
    ["the classic zod beside the small one", /zod\/v4\/classic/],
    ["what builds and deploys it", /aws-cdk|constructs|esbuild/],
    ["the local stand-ins", /^infra\/(?!bundle\/environment-credentials)|dynalite/],
    ["tests", /vitest|fast-check|^test\/support/],
    ["CommonJS twins of the AWS SDK's modules", /@(aws-sdk|smithy)\/.*\/dist-cjs\//],
  ])("leaves out %s", (_what, pattern) => {
    expect(inputs.filter((input) => pattern.test(input))).toEqual([]);
  });

  it("takes everything along but Node's own modules", () => {
    expect(imports.filter((name) => !isBuiltin(name))).toEqual([]);
  });

  it("knows nothing of the machine it was made on", () => {
    for (const { name } of files) expect(text(files, name).includes(projectRoot), name).toBe(false);
    const { sources } = JSON.parse(text(files, "index.mjs.map"));
    expect(sources).toContain(`../../${entry}`);
  });
});

describe("the template leads to the code, as whoever runs it must follow", () => {
  it("from Code.S3Key by the stack's assets file to a folder with index.mjs, wherever the output goes", () => {
    const near = temporaryFolder();
    const far = join(temporaryFolder(), "much", "deeper");
    mkdirSync(far, { recursive: true });
    const folders = [near, far].map((outdir) => {
      synthesizeInto(outdir, { workerCode: (worker) => (worker === "dispatch" ? bundledCode(fixture) : inlineCode()) });
      return assetFolder(outdir);
    });
    expect(folders[0]).toMatch(/^asset\.[0-9a-f]{64}$/);
    expect(folders[1]).toBe(folders[0]);
    expect(readdirSync(join(near, folders[0] ?? "")).toSorted()).toEqual(["index.mjs", "index.mjs.map"]);
  });
});

describe("a bundled function", () => {
  let received: IncomingHttpHeaders[] = [];
  const sqs = createServer((request, response) => {
    received.push(request.headers);
    response.writeHead(200, { "content-type": "application/x-amz-json-1.0" });
    response.end('{"QueueUrl":"http://queue.example/work"}');
  });
  let endpoint = "";

  beforeAll(async () => {
    await new Promise<void>((listening) => sqs.listen(0, "127.0.0.1", listening));
    const address = sqs.address();
    if (address === null || typeof address === "string") throw new Error("The server has no port.");
    endpoint = `http://127.0.0.1:${address.port}`;
  });
  afterAll(() => new Promise((closed) => sqs.close(closed)));

  const credentials = {
    AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "example",
    AWS_SESSION_TOKEN: "session-of-the-role",
  };

  it("signs with the credentials in its environment, the session's token included", async () => {
    received = [];
    expect(await invoke(endpoint, credentials)).toContain("http://queue.example/work");
    expect(received[0]?.authorization).toContain("Credential=AKIAEXAMPLE/");
    expect(received[0]?.["x-amz-security-token"]).toBe("session-of-the-role");
  });

  it("says what is missing where the environment has no credentials", async () => {
    await expect(invoke(endpoint, {})).rejects.toThrow(/No AWS credentials: AWS_ACCESS_KEY_ID/);
  });

  it("shows its own source in a stack trace", async () => {
    await expect(invoke(endpoint, credentials, {})).rejects.toThrow(/fixtures\/worker\.ts:\d+/);
  });
});

/** Runs the fixture's bundle as Lambda would, in a Node process of its own. */
async function invoke(endpoint: string, environment: Record<string, string>, event: object = { queueName: "work" }) {
  const folder = temporaryFolder();
  for (const { name, contents } of bundleWorker(fixture).files) writeFileSync(join(folder, name), contents);
  const url = pathToFileURL(join(folder, "index.mjs")).href;
  const context = "{ awsRequestId: '1', getRemainingTimeInMillis: () => 10_000 }";
  const script = `const { handler } = await import(${JSON.stringify(url)});
    console.log(await handler(${JSON.stringify(event)}, ${context}));`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script], {
    env: {
      ...environment,
      // Without one, Node asks the system who the user is, and a user without a passwd entry is nobody.
      HOME: folder,
      NODE_OPTIONS: "--enable-source-maps",
      AWS_REGION: "eu-west-1",
      AWS_ENDPOINT_URL_SQS: endpoint,
      POWERTOOLS_METRICS_NAMESPACE: "UmapiWorkers",
      POWERTOOLS_SERVICE_NAME: "fixture",
    },
  });
  return stdout;
}

function assetFolder(outdir: string): string {
  const template = JSON.parse(readFileSync(join(outdir, "UmapiWorkers.template.json"), "utf8"));
  const assets = JSON.parse(readFileSync(join(outdir, "UmapiWorkers.assets.json"), "utf8"));
  const [worker] = Object.entries<{ Properties: { Code: { S3Key: string } } }>(template.Resources)
    .filter(([id]) => id.startsWith("WorkersDispatchWorkerFunction"))
    .map(([, resource]) => resource);
  return assets.files[worker?.Properties.Code.S3Key.replace(/\.zip$/, "") ?? ""].source.path;
}

function text(files: ReturnType<typeof bundleWorker>["files"], wanted: string): string {
  const file = files.find(({ name }) => name === wanted);
  return new TextDecoder().decode(file?.contents);
}
