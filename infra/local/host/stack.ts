import * as z from "zod/mini";
import { type References, resolveIntrinsics } from "./intrinsics.ts";
import { SetupError } from "./setup-error.ts";
import { explainIssue, type Resource, resourcesOfType, type Template } from "./template.ts";

export const region = "us-east-1";
export const accountId = "000000000000";

export interface LocalIdentity {
  /** The value of `Ref`. */
  readonly ref: string;
  /** The values of `Fn::GetAtt`, by attribute. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** A number of a template; CloudFormation also accepts a string. */
export const amount = z.union([z.number(), z.pipe(z.string().check(z.regex(/^\d+$/)), z.coerce.number())]);
/** A boolean of a template; CloudFormation also accepts a string. */
export const flag = z.union([
  z.boolean(),
  z.pipe(
    z.enum(["true", "false"]),
    z.transform((text) => text === "true"),
  ),
]);

/** A template with the local names of its resources, as far as they exist already. */
export class Stack implements References {
  readonly template: Template;
  readonly #identities = new Map<string, LocalIdentity>();

  constructor(template: Template) {
    this.template = template;
    const pseudoParameters = {
      "AWS::AccountId": accountId,
      "AWS::Partition": "aws",
      "AWS::Region": region,
      "AWS::StackId": `arn:aws:cloudformation:${region}:${accountId}:stack/${template.stackName}/local`,
      "AWS::StackName": template.stackName,
      "AWS::URLSuffix": "amazonaws.com",
    };
    for (const [name, ref] of Object.entries({ ...template.parameterDefaults, ...pseudoParameters })) {
      this.define(name, { ref, attributes: {} });
    }
  }

  /** Defines the local name of a resource. */
  define(logicalId: string, identity: LocalIdentity): void {
    this.#identities.set(logicalId, identity);
  }

  ref(name: string): string | undefined {
    return this.#identities.get(name)?.ref;
  }

  attribute(logicalId: string, attribute: string): string | undefined {
    return this.#identities.get(logicalId)?.attributes[attribute];
  }

  ofType(type: string): readonly Resource[] {
    return resourcesOfType(this.template, type);
  }

  /**
   * The properties of a resource that the schema names, resolved and checked. Others are ignored.
   *
   * @throws {SetupError} that names the property
   */
  properties<T extends z.ZodMiniObject>({ logicalId, type, properties }: Resource, schema: T): z.infer<T> {
    const where = `Resources.${logicalId}.Properties`;
    const wanted = Object.keys(schema.shape).filter((name) => properties[name] !== undefined);
    const parsed = schema.safeParse(
      Object.fromEntries(wanted.map((name) => [name, resolveIntrinsics(properties[name], `${where}.${name}`, this)])),
    );
    if (parsed.success) return parsed.data;
    throw new SetupError(`${where} (${type}): ${explainIssue(parsed.error)}`);
  }

  /**
   * A name for a resource without one. It is always the same, so that a later start finds the resource again.
   *
   * @param suffix kept whole if the name is cut to `maxLength`
   */
  physicalName(logicalId: string, maxLength: number, suffix = ""): string {
    return `${this.template.stackName}-${logicalId}`.slice(0, maxLength - suffix.length) + suffix;
  }
}
