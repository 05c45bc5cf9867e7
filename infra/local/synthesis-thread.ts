/** The code of the thread that `synthesizeApart` starts. */
import { workerData } from "node:worker_threads";
import { readySources } from "../../shared/webhooks/ready-sources.ts";
import { synthesize } from "../synthesize.ts";

const { outdir, chosen }: { outdir: string; chosen: object } = workerData;
synthesize({ outdir, ...chosen }, { webhookSources: readySources.sources });
