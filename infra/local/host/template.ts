import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as z from "zod/mini";
import { SetupError } from "./setup-error.ts";

export interface Resource {
  readonly logicalId: string;
  /** For example `AWS::SQS::Queue`. */
  readonly type: string;
  /** The properties as written, without resolved intrinsic functions. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** The ids of its constructs, below the stack, such as `Workers/Release`; undefined if the template does not tell. */
  readonly path: string | undefined;
  /** The name of the condition under which it exists. */
  readonly condition: string | undefined;
}

/** A synthesized CloudFormation stack: what is deployed, and what the local host runs. */
export interface Template {
  readonly stackName: string;
  readonly resources: readonly Resource[];
  /** Default values by parameter name. */
  readonly parameterDefaults: Readonly<Record<string, string>>;
  /** The absolute path of an asset on this machine, by its S3 key. */
  readonly assets: ReadonlyMap<string, string>;
}

const templateFile = z.object({
  Parameters: z.optional(z.record(z.string(), z.object({ Default: z.optional(z.coerce.string()) }))),
  Resources: z._default(
    z.record(
      z.string(),
      z.object({
        Type: z.string(),
        Properties: z._default(z.record(z.string(), z.unknown()), {}),
        Condition: z.optional(z.string()),
        Metadata: z.optional(z.looseObject({ "aws:cdk:path": z.optional(z.string()) })),
      }),
    ),
    {},
  ),
});

const assetsFile = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.optional(z.string()) }),
      destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
    }),
  ),
});

const templateSuffix = ".template.json";
/** A template that another one includes is not a stack of its own. */
const nestedSuffix = ".nested.template.json";
const remedy = "Synthesize the app (`npx cdk synth`) and start again.";

/**
 * Reads the one stack of a cloud assembly, as `cdk synth` writes it.
 *
 * @param directory holds `<Stack>.template.json` and `<Stack>.assets.json`
 * @throws {SetupError} if there is not exactly one template, or if a file is missing or has another shape
 */
export function readTemplate(directory: string): Template {
  const [stackName, ...others] = listStacks(directory);
  if (others.length > 0) {
    const names = [stackName, ...others].map((name) => name + templateSuffix).join(", ");
    throw new SetupError(
      `Expected one template in ${directory}, found ${names}. Remove the templates that should not run.`,
    );
  }
  return readStack(directory, stackName);
}

/** Reads every stack of a cloud assembly. @throws {SetupError} if there is none, or if a file is missing or malformed */
export function readTemplates(directory: string): Template[] {
  return listStacks(directory).map((stackName) => readStack(directory, stackName));
}

function readStack(directory: string, stackName: string): Template {
  const template = readJson(join(directory, `${stackName}${templateSuffix}`), templateFile);
  const { files } = readJson(join(directory, `${stackName}.assets.json`), assetsFile);
  return {
    stackName,
    resources: Object.entries(template.Resources).map(([logicalId, { Type, Properties, Condition, Metadata }]) => ({
      logicalId,
      type: Type,
      properties: Properties,
      path: Metadata?.["aws:cdk:path"]
        ?.split("/")
        .slice(1)
        .join("/")
        .replace(/\/Resource$/, ""),
      condition: Condition,
    })),
    parameterDefaults: Object.fromEntries(
      Object.entries(template.Parameters ?? {}).flatMap(([parameter, { Default }]) =>
        Default === undefined ? [] : [[parameter, Default]],
      ),
    ),
    assets: new Map(
      Object.values(files).flatMap(({ source: { path }, destinations }) =>
        path === undefined
          ? []
          : Object.values(destinations).map(({ objectKey }) => [objectKey, resolve(directory, path)] as const),
      ),
    ),
  };
}

/** @throws {SetupError} if there is none */
function listStacks(directory: string): [string, ...string[]] {
  const files = listFiles(directory);
  const [first, ...others] = files
    .filter((name) => name.endsWith(templateSuffix) && !name.endsWith(nestedSuffix))
    .map((name) => name.slice(0, -templateSuffix.length));
  if (first !== undefined) return [first, ...others];
  const stage = files.find((name) => name.startsWith("assembly-"));
  const hint = stage === undefined ? remedy : `The stacks of a stage are in a folder below: ${join(directory, stage)}`;
  throw new SetupError(`There is no *${templateSuffix} in ${directory}. ${hint}`);
}

function listFiles(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    throw new SetupError(`Cannot read the folder ${directory} (${reason(error)}). ${remedy}`);
  }
}

function readJson<T extends z.ZodMiniType>(file: string, schema: T): z.infer<T> {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new SetupError(`Cannot read ${file} (${reason(error)}). ${remedy}`);
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    throw new SetupError(`${file} is not what \`cdk synth\` writes: ${explainIssue(parsed.error)}. ${remedy}`);
  }
  return parsed.data;
}

/** The first fault and its place. */
export function explainIssue({ issues: [issue] }: z.core.$ZodError): string {
  if (!issue) return "it has another shape";
  const problem = issue.code === "invalid_type" ? `expected ${issue.expected}` : issue.message;
  return `${issue.path.join(".") || "the whole"}: ${problem}`;
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
