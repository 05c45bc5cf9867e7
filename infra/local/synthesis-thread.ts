/** The code of the thread that `synthesizeApart` starts. */
import { workerData } from "node:worker_threads";
import { synthesize } from "../synthesize.ts";
import { readySources } from "./webhooks/ready-sources.ts";

const { outdir, chosen }: { outdir: string; chosen: object } = workerData;
synthesize({ outdir, ...chosen }, { webhookSources: readySources });
