import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test, vi } from "vitest";
import { bundleWorker } from "../../../infra/bundle/bundle-worker.ts";
import { certificate } from "../../support/certificates.ts";
import { ChildProgram } from "../../support/child-program.ts";
import { connectProxy } from "../../support/connect-proxy.ts";
import { newFolder } from "../../support/folders.ts";
import { tlsServer } from "../../support/tls-server.ts";

vi.setConfig({ testTimeout: 120_000 });

const folder = newFolder();
afterAll(() => folder.remove());
const sqsHost = "sqs.eu-west-1.amazonaws.com";
const adobeHost = "usermanagement.adobe.io";
const authority = certificate("Root of this company");
const caFile = join(folder.path, "ca.pem");
writeFileSync(caFile, authority.cert);

/** What Lambda and the stack set. */
const variables = {
  AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "example",
  AWS_REGION: "eu-west-1",
  AWS_MAX_ATTEMPTS: "1",
  POWERTOOLS_SERVICE_NAME: "worker",
  POWERTOOLS_METRICS_NAMESPACE: "UmapiWorkers",
  QUEUE_URL: `https://${sqsHost}/123456789012/work.fifo`,
  DEAD_LETTER_QUEUE_URL: `https://${sqsHost}/123456789012/dead.fifo`,
  TABLE_NAME: "ledger",
  ROOM_TABLE_NAME: "room",
  LANE: "default",
  SECRET_ID: "adobe",
  AUTH: "oauth",
  UMAPI_URL: `https://${adobeHost}/v2/usermanagement`,
  IMS_URL: "https://ims-na1.adobelogin.com",
  ACTION_BUDGET: "10/60",
  REQUEST_TIMEOUT_SECONDS: "120",
  TOKEN_TIMEOUT_SECONDS: "20",
  ALLOW_ACCOUNT_DELETION: "false",
  REMOVAL_LIMIT: "100/3600",
  LEAVERS_FIRST: "true",
  EVENT_SOURCE_MAPPING_IDS: "mapping",
  DELIVERY_QUEUE_URL: `https://${sqsHost}/123456789012/deliveries.fifo`,
  SOURCES_PATH: "/umapi-workers/UmapiWorkers/webhooks/",
  WEBHOOK_SECRET_ID: "webhooks",
};

/** Runs a function's bundle once, in a Node.js of its own, as Lambda does. @returns all that it writes */
async function invoke(entry: string, event: object, environment: Readonly<Record<string, string>>): Promise<string> {
  const file = join(folder.path, `${entry.replaceAll(/\W/g, "-")}.mjs`);
  const [module] = bundleWorker(entry).files.filter(({ name }) => name === "index.mjs");
  writeFileSync(file, module?.contents ?? "");
  const script = `const { handler } = await import(${JSON.stringify(pathToFileURL(file).href)});
    const context = { awsRequestId: "1", functionName: "worker", getRemainingTimeInMillis: () => 180_000 };
    console.log(JSON.stringify(await handler(${JSON.stringify(event)}, context).catch(({ name }) => name)));`;
  const program = ChildProgram.run({
    command: process.execPath,
    args: ["--input-type=module", "--eval", script],
    folder: folder.path,
    environment: { ...variables, ...environment },
  });
  await program.exited;
  return program.output;
}

test("A function goes through HTTPS_PROXY and trusts NODE_EXTRA_CA_CERTS, to Adobe and to AWS alike", async () => {
  const trusted = certificate("trusted", { hosts: [sqsHost, adobeHost], issuer: authority });
  const server = await tlsServer(trusted, (_, response) => {
    response.writeHead(200, { "content-type": "application/x-amz-json-1.0" }).end('{"QueueUrl":"https://the-queue"}');
  });
  const proxy = await connectProxy(server);
  const written = await invoke(
    "test/integration/build/fixtures/way-out.ts",
    { url: `https://${adobeHost}/` },
    { HTTPS_PROXY: `http://${proxy.host}`, NODE_EXTRA_CA_CERTS: caFile },
  );
  expect(written).toBe('{"status":200,"QueueUrl":"https://the-queue"}\n');
  expect(proxy.targets).toEqual([`${adobeHost}:443`, `${sqsHost}:443`]);
  expect(server.requests).toEqual([`${adobeHost}/`, `${sqsHost}/`]);
});

describe("Every function takes that way, and logs the code of what fails on it, and what to do", () => {
  const id = `${"0".repeat(32)}-000`;
  const operation = { user: "jdoe@example.com", do: [{ addAdobeID: { email: "jdoe@example.com" } }] };
  const record = { messageId: "1", receiptHandle: "1", body: "{}", attributes: { ApproximateReceiveCount: "1" } };
  const events = {
    submit: {
      headers: { "content-type": "application/json" },
      body: JSON.stringify(operation),
      isBase64Encoded: false,
      requestContext: {},
    },
    operations: { pathParameters: { id } },
    retry: { pathParameters: { id } },
    operate: { routeKey: "GET /v1/lane", requestContext: {} },
    sweep: {},
    release: {},
    rescue: {
      Records: [
        {
          ...record,
          body: JSON.stringify({
            operations: [{ id, command: operation, testOnly: false, generation: 0, acceptedAt: 0, queuedAt: 0 }],
          }),
        },
      ],
    },
    dispatch: { Records: [record] },
    webhook: {
      pathParameters: { source: "standard" },
      headers: {},
      body: JSON.stringify(operation),
      isBase64Encoded: false,
      requestContext: { http: { method: "POST" } },
    },
    intake: { Records: [{ ...record, body: JSON.stringify({ v: 1, delivery: "0".repeat(32) }) }] },
    deliveries: { routeKey: "GET /v1/deliveries", requestContext: {} },
  };

  test.each(Object.entries(events))("%s", async (worker, event) => {
    const proxy = await connectProxy({ status: 407 });
    const written = await invoke(`functions/${worker}/main.ts`, event, { HTTPS_PROXY: `http://${proxy.host}` });
    expect(proxy.targets.length).toBeGreaterThan(0);
    for (const target of proxy.targets)
      expect(target).toMatch(/^(sqs|dynamodb|lambda|ssm|secretsmanager)\.eu-west-1\.amazonaws\.com:443$/);
    expect(written).toMatch(/"network":"proxy 407"/);
    expect(written).toMatch(/"advice":"The proxy asks for a name and a password\. Put them into HTTPS_PROXY/);
    expect(written).not.toContain("jdoe");
  });
});

test("A function whose HTTPS_PROXY cannot be used says so as it starts, without showing it", async () => {
  const written = await invoke(
    "functions/operations/main.ts",
    {},
    { HTTPS_PROXY: "socks5://me:Quillfeather@proxy:1080" },
  );
  // Node.js prints the line of the bundle, too.
  expect(written.includes("[ProxyError]: HTTPS_PROXY names a proxy that speaks socks5: expected")).toBe(true);
  expect(written.includes("Quillfeather")).toBe(false);
});
