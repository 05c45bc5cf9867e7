/** The code of the thread that `synthesizeApart` starts. */
import { workerData } from "node:worker_threads";
import { synthesize } from "../synthesize.ts";

const { outdir }: { outdir: string } = workerData;
synthesize({ outdir });
