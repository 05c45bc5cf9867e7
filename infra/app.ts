/** What `npm run synth` and the CDK CLI run: writes the stack's template and assets to `cdk.out/`. */
import { join, relative } from "node:path";
import { projectRoot } from "./bundle/bundle-worker.ts";
import { synthesize } from "./synthesize.ts";

// Set by the CDK CLI, which reads the template from there and keeps stdout for itself.
const { CDK_OUTDIR: outdirOfCli } = process.env;

try {
  const { templateFile, warnings } = synthesize({ outdir: outdirOfCli ?? join(projectRoot, "cdk.out") });
  // The CDK CLI prints them by itself.
  if (!outdirOfCli) {
    for (const warning of warnings) console.error(`Warning: ${warning}`);
    console.log(`Template: ${relative(process.cwd(), templateFile)}`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
