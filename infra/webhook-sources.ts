import { Stack } from "aws-cdk-lib";
import { ParameterTier, StringParameter } from "aws-cdk-lib/aws-ssm";
import { Construct } from "constructs";
import { readConfiguration } from "../shared/webhooks/read-configuration.ts";
import type { Source } from "../shared/webhooks/source.ts";

/** AWS: the most that a standard parameter of SSM holds, and an advanced one, which costs. */
const standardBytes = 4096;
const advancedBytes = 8192;

export interface WebhookSourcesProps {
  /** The part of every name after `/umapi-workers/`. */
  readonly instanceName: string;
  /** By name, as the configuration file has them. */
  readonly sources: Readonly<Record<string, object>>;
}

/**
 * The configuration of webhook sources, a parameter of SSM for each. A function notices a change within a minute, so that
 * none is deployed again for it.
 *
 * @throws with each fault of the configuration
 */
export class WebhookSources extends Construct {
  readonly sources: readonly Source[];
  /** What the names of the parameters begin with, with the slash. */
  readonly path: string;
  /** ARN that stands for the path. */
  readonly pathArn: string;

  constructor(scope: Construct, id: string, { instanceName, sources }: WebhookSourcesProps) {
    super(scope, id);
    const read = readConfiguration({ sources });
    if (!read.ok) {
      const faults = read.faults.map(({ pointer, detail }) => `${pointer}: ${detail}`);
      throw new Error(`webhookSources cannot be used. ${faults.join("; ")}.`);
    }
    this.sources = [...read.sources.values()];
    this.path = `/umapi-workers/${instanceName}/webhooks/`;
    this.pathArn = Stack.of(this).formatArn({
      service: "ssm",
      resource: "parameter",
      resourceName: this.path.slice(1, -1),
    });
    for (const [name, source] of Object.entries(sources)) {
      const stringValue = jsonFor({ sources: { [name]: source } });
      new StringParameter(this, name, {
        parameterName: this.path + name,
        simpleName: false,
        stringValue,
        tier: tierOf(name, Buffer.byteLength(stringValue)),
        description: `How webhooks of ${name} are verified, read and mapped`,
      });
    }
  }
}

/** AWS: a parameter holds no text in double braces, which would name another one. JSON has another spelling of a brace. */
function jsonFor(value: object): string {
  return JSON.stringify(value).replaceAll("{{", "{\\u007b");
}

function tierOf(name: string, bytes: number): ParameterTier {
  if (bytes > advancedBytes)
    throw new Error(
      `webhookSources.${name} has ${bytes} bytes as JSON; expected at most ${advancedBytes}, which is what a parameter of SSM holds.`,
    );
  return bytes > standardBytes ? ParameterTier.ADVANCED : ParameterTier.STANDARD;
}
