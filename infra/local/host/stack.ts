import * as z from "zod/mini";
import { type References, resolveIntrinsics } from "./intrinsics.ts";
import { SetupError } from "./setup-error.ts";
import { explainIssue, type Resource, type Template } from "./template.ts";

export const region = "us-east-1";
export const accountId = "000000000000";
export const urlSuffix = "amazonaws.com";

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
  readonly #addresses = new Map<string, string>();
  readonly #isForeign: boolean;
  readonly #leftOut = new Set<string>();

  /** @param isForeign whether what cannot be run here is left out, and not an error. @default false */
  constructor(template: Template, isForeign = false) {
    this.template = template;
    this.#isForeign = isForeign;
    const pseudoParameters = {
      "AWS::AccountId": accountId,
      "AWS::Partition": "aws",
      "AWS::Region": region,
      "AWS::StackId": `arn:aws:cloudformation:${region}:${accountId}:stack/${template.stackName}/local`,
      "AWS::StackName": template.stackName,
      "AWS::URLSuffix": urlSuffix,
    };
    for (const [name, ref] of Object.entries({ ...template.parameterDefaults, ...pseudoParameters })) {
      this.define(name, { ref, attributes: {} });
    }
  }

  /** Defines the local name of a resource. */
  define(logicalId: string, identity: LocalIdentity): void {
    this.#identities.set(logicalId, identity);
  }

  /** Gives an address that the template makes, such as `https://local.execute-api.us-east-1.amazonaws.com`, one here. */
  defineAddress(deployed: string, here: string): void {
    this.#addresses.set(deployed, here);
  }

  /** A resource of somebody's own stack that is not run here has a name all the same: others may pass it on. */
  ref(name: string): string | undefined {
    return this.#identities.get(name)?.ref ?? (this.#isMissing(name) ? this.physicalName(name, 64) : undefined);
  }

  attribute(logicalId: string, attribute: string): string | undefined {
    const known = this.#identities.get(logicalId)?.attributes[attribute];
    return known ?? (this.#isMissing(logicalId) ? `${this.physicalName(logicalId, 64)}.${attribute}` : undefined);
  }

  #isMissing(logicalId: string): boolean {
    return this.#isForeign && this.template.resources.some((resource) => resource.logicalId === logicalId);
  }

  /** The resources of a type. @throws {SetupError} if one exists under a condition only, unless it can be left out */
  ofType(type: string): readonly Resource[] {
    return this.template.resources.filter(({ type: its, logicalId, condition }) => {
      if (its !== type) return false;
      if (condition === undefined) return true;
      const message = `Resources.${logicalId} (${type}) depends on the condition ${condition}; the local host evaluates no conditions. Decide it when synthesizing.`;
      this.leaveOut(new SetupError(message));
      return false;
    });
  }

  /** What `read` makes of each resource of a type, but for those that are left out. */
  read<T>(type: string, read: (resource: Resource) => T): T[] {
    return this.ofType(type).flatMap((resource) => {
      try {
        return [read(resource)];
      } catch (error) {
        return this.leaveOut(error);
      }
    });
  }

  /** Notes what cannot be run here. @throws the error itself, if it is not about that, or the stack is not somebody's own */
  leaveOut(error: unknown): [] {
    if (!this.#isForeign || !(error instanceof SetupError)) throw error;
    this.#leftOut.add(error.message);
    return [];
  }

  /** A sentence for each part that is left out. */
  get leftOut(): readonly string[] {
    return [...this.#leftOut].map((message) => `Not run here: ${message}`);
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
      this.#withLocalAddresses(
        Object.fromEntries(wanted.map((name) => [name, resolveIntrinsics(properties[name], `${where}.${name}`, this)])),
      ),
    );
    if (parsed.success) return parsed.data;
    throw new SetupError(`${where} (${type}): ${explainIssue(parsed.error)}`);
  }

  #withLocalAddresses(value: object): unknown {
    let text = JSON.stringify(value);
    for (const [deployed, here] of this.#addresses) text = text.replaceAll(deployed, here);
    return JSON.parse(text);
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
