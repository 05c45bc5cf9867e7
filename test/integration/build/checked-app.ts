import { type App, Stack } from "aws-cdk-lib";
import { createApp, type SynthesizeOptions } from "../../../infra/synthesize.ts";
import { temporaryFolder } from "../../support/folders.ts";
import { inlineCode } from "./template-of.ts";

/** The app as `npm run synth` makes it, with its one stack, to be tampered with before it is synthesized. */
export function checkedApp(options: Partial<SynthesizeOptions> = {}): { app: App; stack: Stack } {
  const app = createApp({ outdir: temporaryFolder(), workerCode: inlineCode, ...options });
  const stack = app.node.children.find((child) => Stack.isStack(child));
  if (!stack) throw new Error("The app has no stack.");
  return { app, stack };
}
