import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleWorker } from "../../infra/bundle/bundle-worker.ts";
import { type WorkerName, workerNames as workers } from "../../infra/bundle/worker-code.ts";
import { settings } from "../../infra/settings.ts";
import type { variables } from "../../shared/lambda/environment.ts";
import type { Benchmark, Figure } from "./benchmark.ts";
import { Samples } from "./samples.ts";

const rounds = 15;
/** The first run of each reads its files from the disk. */
const warmUps = 1;

/** What a cold start has to read and run. */
export const bundles: Benchmark = {
  title: "Functions as deployed: size, and time to load",
  async run() {
    const folder = mkdtempSync(join(tmpdir(), "umapi-workers-bench-"));
    try {
      return {
        how: "Each worker bundled as for the stack; the size is index.mjs without its source map. A child runs `node index.mjs` to its end; its whole life relative to that of `node` on an empty module, medians of runs by turns.",
        counts: { rounds, warmUps, workers: workers.length },
        figures: measured(folder),
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function measured(folder: string): Figure[] {
  const emptyModule = join(folder, "empty.mjs");
  writeFileSync(emptyModule, "");
  const bare = new Samples(warmUps);
  const built = workers.map((worker) => ({
    worker,
    ...written(worker, join(folder, worker)),
    load: new Samples(warmUps),
  }));
  for (let round = 0; round < warmUps + rounds; round++) {
    bare.time(() => runToEnd(emptyModule));
    for (const { load, path } of built) load.time(() => runToEnd(path));
  }
  return built.flatMap(({ worker, bytes, load }): Figure[] => [
    { case: worker, name: "minified", value: bytes, unit: "bytes" },
    { case: worker, name: "start and load / bare node's start", value: load.median / bare.median, unit: "×" },
    {
      case: worker,
      name: "load beyond bare node, median (this machine)",
      value: load.median - bare.median,
      unit: "ms",
    },
  ]);
}

/** Writes the worker's bundle into the folder. */
function written(worker: WorkerName, folder: string): { readonly path: string; readonly bytes: number } {
  mkdirSync(folder);
  const { files } = bundleWorker(`functions/${worker}/main.ts`);
  for (const { name, contents } of files) writeFileSync(join(folder, name), contents);
  const main = files.find(({ name }) => name === "index.mjs");
  if (main === undefined) throw new Error(`The bundle of ${worker} has no index.mjs`);
  return { path: join(folder, "index.mjs"), bytes: main.contents.byteLength };
}

/** @throws with the end of what the child wrote, if it failed: the lines before are of the minified source */
function runToEnd(module: string): void {
  const { status, stderr } = spawnSync(process.execPath, [module], { env: environment, encoding: "utf8" });
  if (status !== 0) throw new Error(`node ${module} ended with ${status}: ${stderr.slice(-1000)}`);
}

/** What each function may ask for; nothing is called. */
const asked: Readonly<Record<keyof typeof variables, string>> = {
  QUEUE_URL: "http://sqs.invalid/000000000000/work.fifo",
  DEAD_LETTER_QUEUE_URL: "http://sqs.invalid/000000000000/dead.fifo",
  TABLE_NAME: "ledger",
  ROOM_TABLE_NAME: "room",
  LANE: "default",
  SECRET_ID: "adobe",
  AUTH: "oauth",
  UMAPI_URL: settings.umapiUrl,
  IMS_URL: settings.imsUrl,
  ACTION_BUDGET: settings.actionBudget,
  REQUEST_TIMEOUT_SECONDS: String(settings.requestTimeoutSeconds),
  TOKEN_TIMEOUT_SECONDS: String(settings.tokenTimeoutSeconds),
  ALLOW_ACCOUNT_DELETION: "false",
  DELIVERY_QUEUE_URL: "https://sqs.eu-west-1.amazonaws.com/123456789012/deliveries.fifo",
  SOURCES_PATH: "/umapi-workers/UmapiWorkers/webhooks/",
  WEBHOOK_SECRET_ID: "webhooks",
  RECORDS_URL: "http://127.0.0.1:3001",
  REMOVAL_LIMIT: "100/3600",
  LEAVERS_FIRST: "true",
  EVENT_SOURCE_MAPPING_IDS: "work,returned",
};

/** What the stack and Lambda set. */
const environment = {
  NODE_OPTIONS: "--enable-source-maps",
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "bench",
  AWS_SECRET_ACCESS_KEY: "bench",
  POWERTOOLS_SERVICE_NAME: "bench",
  POWERTOOLS_METRICS_NAMESPACE: "bench",
  ...asked,
};
