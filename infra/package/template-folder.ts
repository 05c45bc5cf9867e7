import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod/mini";
import { readTemplate } from "../local/host/template.ts";
import { synthesize } from "../synthesize.ts";

const templateFile = z.looseObject({
  Resources: z.record(z.string(), z.looseObject({ Type: z.string(), Properties: z.optional(z.looseObject({})) })),
});
const code = z.object({ S3Key: z.string() });

/** Where resources of a type have their code. `aws cloudformation package` takes a folder's path there. */
const codeProperties: Readonly<Record<string, string>> = {
  "AWS::Lambda::Function": "Code",
  "AWS::Lambda::LayerVersion": "Content",
};

/**
 * Writes the ready stack as whoever has no CDK deploys it: `template.json`, and each function's code in a folder beside it.
 *
 * @param folder where it goes; what was there goes
 */
export function writeTemplateFolder(folder: string): void {
  const outdir = mkdtempSync(join(tmpdir(), "umapi-workers-template-"));
  try {
    const synthesized = synthesize({ outdir });
    const template = templateFile.parse(JSON.parse(readFileSync(synthesized.templateFile, "utf8")));
    const { assets } = readTemplate(outdir);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const [logicalId, { Type, Properties }] of Object.entries(template.Resources)) {
      const property = codeProperties[Type];
      if (property === undefined || Properties === undefined) continue;
      const path = assets.get(code.parse(Properties[property]).S3Key);
      if (path === undefined) throw new Error(`The code of ${logicalId} is not among the assets.`);
      cpSync(path, join(folder, logicalId), { recursive: true });
      Properties[property] = `./${logicalId}`;
    }
    writeFileSync(join(folder, "template.json"), `${JSON.stringify(withoutCdk(template), null, 1)}\n`);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** What only the CDK's own way to deploy needs is left out: its bootstrap stack, and its notes on resources. */
function withoutCdk(template: z.infer<typeof templateFile>): object {
  const { Parameters: _bootstrapVersion, Rules: _checkBootstrapVersion, Resources, ...others } = template;
  return {
    ...others,
    Resources: Object.fromEntries(
      Object.entries(Resources).map(([logicalId, { Metadata: _notes, ...resource }]) => [logicalId, resource]),
    ),
  };
}
