import type { Template } from "aws-cdk-lib/assertions";

/** A resource as a statement names it: `Ref` and `Fn::GetAtt` become the part of the stack that they point at. */
function named(resource: unknown): string {
  return JSON.stringify(resource).replaceAll(
    /\{"(?:Ref|Fn::GetAtt)":\[?"Workers([A-Za-z]+?)[0-9A-F]{8}"(?:,"Arn"\])?\}/g,
    "<$1>",
  );
}

/** What one worker's role may do, as `effect action on resource`. */
export function permissionsIn(template: Template, worker: string): string[] {
  const policies = Object.entries(template.findResources("AWS::IAM::Policy"));
  const [policy] = policies.filter(([id]) => id.startsWith(`Workers${worker}`)).map(([, resource]) => resource);
  const statements: { Effect: string; Action: string | string[]; Resource: unknown }[] =
    policy?.["Properties"].PolicyDocument.Statement;
  return statements.flatMap(({ Effect, Action, Resource }) =>
    [Action]
      .flat()
      .flatMap((action) => [Resource].flat().map((resource) => `${Effect} ${action} on ${named(resource)}`)),
  );
}
