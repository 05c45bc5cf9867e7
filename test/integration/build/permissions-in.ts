import type { Template } from "aws-cdk-lib/assertions";

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: {
    readonly "ForAllValues:StringLike": { readonly "dynamodb:LeadingKeys": string | readonly string[] };
    readonly Null: { readonly "dynamodb:LeadingKeys": "false" };
  };
}

/** A resource as a statement names it: `Ref` and `Fn::GetAtt` become the part of the stack that they point at. */
function named(resource: unknown): string {
  return JSON.stringify(resource)
    .replaceAll(/\{"(?:Ref|Fn::GetAtt)":\[?"Workers([A-Za-z]+?)[0-9A-F]{8}"(?:,"Arn"\])?\}/g, "<$1>")
    .replace(/^\{"Fn::Join".*:event-source-mapping:",(<\w+>)\]\]\}$/, "the mapping $1");
}

function statementsIn(template: Template, worker: string): readonly Statement[] {
  const policies = Object.entries(template.findResources("AWS::IAM::Policy"));
  const [policy] = policies.filter(([id]) => id.startsWith(`Workers${worker}`)).map(([, resource]) => resource);
  return policy?.["Properties"].PolicyDocument.Statement;
}

/** The partition keys that a statement is for; undefined for one of any keys. */
function keysOf({ Condition }: Statement): readonly string[] | undefined {
  if (Condition === undefined) return undefined;
  if (Condition.Null["dynamodb:LeadingKeys"] !== "false") throw new Error("a condition that holds without keys");
  return [Condition["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]].flat();
}

/** What one worker's role may do, as `effect action on resource`, and for which keys: `(key, key)`. */
export function permissionsIn(template: Template, worker: string): string[] {
  return statementsIn(template, worker).flatMap((statement) => {
    const keys = keysOf(statement);
    const { Effect, Action, Resource } = statement;
    return [Action]
      .flat()
      .flatMap((action) =>
        [Resource]
          .flat()
          .map(
            (resource) =>
              `${Effect} ${action} on ${named(resource)}${keys === undefined ? "" : ` (${keys.join(", ")})`}`,
          ),
      );
  });
}

/**
 * Whether a permission, as `permissionsIn` tells it, lets a call pass. IAM: `*` stands for any text.
 *
 * @param call as a permission without its keys
 * @param key of one of the items
 */
export function permits(permission: string, call: string, key?: string): boolean {
  const [, allowed = permission, patterns] = /^(.*) \(([^()]*)\)$/.exec(permission) ?? [];
  if (allowed !== call) return false;
  return (
    patterns === undefined ||
    (key !== undefined &&
      patterns
        .split(", ")
        .some((pattern) => new RegExp(`^${pattern.split("*").map(RegExp.escape).join(".*")}$`).test(key)))
  );
}
