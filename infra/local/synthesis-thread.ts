/** What runs inside the thread of `synthesizeApart`. */
import { workerData } from "node:worker_threads";
import { synthesize } from "../synthesize.ts";

const { outdir }: { outdir: string } = workerData;
synthesize({ outdir });
