import * as z from "zod/mini";
import { type Endpoints, sdkVariables } from "../endpoints.ts";
import { SetupError } from "../setup-error.ts";
import { accountId, amount, region, type Stack } from "../stack.ts";
import type { Resource } from "../template.ts";

export interface FunctionConfiguration {
  readonly name: string;
  readonly arn: string;
  /** Its name in log lines. */
  readonly label: string;
  /** The folder of the deployed code, absolute. */
  readonly directory: string;
  /** For example `index.handler`. */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMiB: number;
  /** The most invocations at a time; Infinity if nothing is reserved. */
  readonly reservedConcurrency: number;
  readonly variables: Readonly<Record<string, string>>;
}

const identityProperties = z.object({ FunctionName: z.optional(z.string()) });

/** What a function is made of. */
const madeOf = z.object({
  PackageType: z.optional(z.string()),
  Runtime: z.optional(z.string()),
  Code: z.object({ ZipFile: z.optional(z.string()) }),
});

/** The properties of a function, with the defaults that AWS documents. */
const functionProperties = z.object({
  Runtime: z.string(),
  Handler: z.string(),
  Code: z.object({ S3Key: z.string() }),
  Timeout: z._default(amount, 3),
  MemorySize: z._default(amount, 128),
  ReservedConcurrentExecutions: z.optional(amount),
  Environment: z.optional(
    z.object({ Variables: z.optional(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))) }),
  ),
});

/** Defines the name of a function before anything else is known about it, because other resources may refer to it. */
export function defineFunction(stack: Stack, resource: Resource): void {
  const { FunctionName = stack.physicalName(resource.logicalId, 64) } = stack.properties(resource, identityProperties);
  const Arn = `arn:aws:lambda:${region}:${accountId}:function:${FunctionName}`;
  stack.define(resource.logicalId, { ref: FunctionName, attributes: { Arn } });
}

const versionProperties = z.object({ FunctionName: z.string() });

/** Defines versions and aliases of functions as the functions themselves: here all run the same code. */
export function defineVersions(stack: Stack): void {
  for (const type of ["AWS::Lambda::Version", "AWS::Lambda::Alias"])
    stack.read(type, (resource) => {
      const { FunctionName } = stack.properties(resource, versionProperties);
      const arn = FunctionName.startsWith("arn:")
        ? FunctionName
        : `arn:aws:lambda:${region}:${accountId}:function:${FunctionName}`;
      stack.define(resource.logicalId, { ref: arn, attributes: { FunctionArn: arn, Version: "$LATEST" } });
    });
}

/** Other values for environment variables that a function declares, given all that it declares. */
type Overrides = (declared: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;

/** What the environment of a function has that the template does not say. */
export interface Differences {
  /** Values in place of those that it declares. */
  readonly overrides: Overrides;
  /** Variables that it does not declare. @default - none */
  readonly additions?: Overrides | undefined;
}

/**
 * Reads the configuration of a function from the template.
 *
 * @throws {SetupError} if it is not a Node.js function from an asset, or if a property is not usable
 */
export function configureFunction(
  stack: Stack,
  resource: Resource,
  endpoints: Endpoints,
  { overrides, additions = () => ({}) }: Differences,
): FunctionConfiguration {
  expectCodeToRun(stack, resource);
  const properties = stack.properties(resource, functionProperties);
  const { logicalId } = resource;
  const where = `Resources.${logicalId}.Properties`;
  const directory = stack.template.assets.get(properties.Code.S3Key);
  if (directory === undefined) {
    throw new SetupError(
      `${where}.Code.S3Key: no asset ${properties.Code.S3Key}. Synthesize the app (\`npx cdk synth\`) and start again.`,
    );
  }
  const name = stack.ref(logicalId) ?? logicalId;
  const given = Object.fromEntries(
    Object.entries(properties.Environment?.Variables ?? {}).map(([variable, value]) => [variable, String(value)]),
  );
  const others = overrides(given);
  const declared = Object.fromEntries(
    Object.entries(given).map(([variable, value]) => [variable, others[variable] ?? value]),
  );
  return {
    name,
    arn: stack.attribute(logicalId, "Arn") ?? name,
    label: declared["POWERTOOLS_SERVICE_NAME"] ?? name,
    directory,
    handler: properties.Handler,
    timeoutSeconds: properties.Timeout,
    memoryMiB: properties.MemorySize,
    reservedConcurrency: properties.ReservedConcurrentExecutions ?? Number.POSITIVE_INFINITY,
    variables: {
      ...declared,
      ...additions(given),
      ...sdkVariables(endpoints),
      ...runtimeVariables(name, directory, properties),
    },
  };
}

/** @throws {SetupError} if it is not for Node.js, or has no folder */
function expectCodeToRun(stack: Stack, resource: Resource): void {
  const { PackageType, Runtime = "", Code } = stack.properties(resource, madeOf);
  const is =
    PackageType === "Image"
      ? "is a container image"
      : Code.ZipFile !== undefined
        ? "has its code in the template"
        : Runtime.startsWith("nodejs")
          ? undefined
          : `is for ${Runtime || "no runtime"}`;
  if (is === undefined) return;
  const { path, logicalId, type } = resource;
  throw new SetupError(`${path ?? logicalId} (${type}) ${is}. Functions for Node.js from a folder are run.`);
}

/** AWS: the reserved variables that Lambda sets in every function. */
function runtimeVariables(
  name: string,
  directory: string,
  { Handler, MemorySize, Runtime }: z.infer<typeof functionProperties>,
): Record<string, string> {
  return {
    _HANDLER: Handler,
    AWS_EXECUTION_ENV: `AWS_Lambda_${Runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(MemorySize),
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: "local/[$LATEST]",
    LAMBDA_TASK_ROOT: directory,
    TZ: ":UTC",
  };
}
