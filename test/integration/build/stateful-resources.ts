import type { Template } from "aws-cdk-lib/assertions";

/**
 * What makes a stateful resource the one that it is: CloudFormation replaces it, or loses what it holds, or refuses to
 * deploy, if one of these changes. The rest may change with every release.
 */
const lasting: Readonly<Record<string, readonly string[]>> = {
  "AWS::DynamoDB::Table": [
    "TableName",
    "KeySchema",
    "AttributeDefinitions",
    "GlobalSecondaryIndexes",
    "LocalSecondaryIndexes",
    "TimeToLiveSpecification",
    "DeletionProtectionEnabled",
    "PointInTimeRecoverySpecification",
  ],
  "AWS::SQS::Queue": [
    "QueueName",
    "FifoQueue",
    "ContentBasedDeduplication",
    "DeduplicationScope",
    "FifoThroughputLimit",
    "MessageRetentionPeriod",
    "RedrivePolicy",
  ],
  "AWS::SecretsManager::Secret": ["Name"],
  "AWS::Logs::LogGroup": ["LogGroupName", "RetentionInDays"],
};

/** One stateful resource, as a release has it. Properties that are absent are not in it. */
interface StatefulResource {
  readonly type: string;
  readonly deletionPolicy: string;
  readonly updateReplacePolicy: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export type StatefulResources = Readonly<Record<string, StatefulResource>>;

/** The stateful resources of a template, by logical id. */
export function statefulResources(template: Template): StatefulResources {
  const resources: Record<string, { Type: string; Properties?: object; [policy: string]: unknown }> =
    template.toJSON()["Resources"];
  const found = Object.entries(resources).flatMap(([id, { Type, Properties = {}, ...rest }]) => {
    const names = lasting[Type];
    if (names === undefined) return [];
    const properties = Object.fromEntries(Object.entries(Properties).filter(([name]) => names.includes(name)));
    const policies = {
      deletionPolicy: String(rest["DeletionPolicy"] ?? "Delete"),
      updateReplacePolicy: String(rest["UpdateReplacePolicy"] ?? "Delete"),
    };
    return [[id, { type: Type, ...policies, properties }] as const];
  });
  return Object.fromEntries(found.toSorted(([one], [other]) => one.localeCompare(other)));
}

/** A sentence for each difference, that says what it would do when it is deployed over the release. */
export function upgradeFaults(released: StatefulResources, now: StatefulResources): string[] {
  const lost = Object.entries(released).flatMap(([id, before]) => {
    const after = now[id];
    if (after === undefined)
      return [
        `${id} (${before.type}) is gone: a deployment makes an empty one under another name, and what the old one holds stays behind unseen. Keep its logical id.`,
      ];
    return differencesOf(id, before, after);
  });
  const added = Object.keys(now).filter((id) => !(id in released));
  return [
    ...lost,
    ...added.map((id) => `${id} is new: a deployment makes it. If that is intended, write the golden file anew.`),
  ];
}

function differencesOf(id: string, before: StatefulResource, after: StatefulResource): string[] {
  if (before.type !== after.type)
    return [`${id} was ${before.type} and is ${after.type}: CloudFormation refuses to deploy it. Keep its type.`];
  const names = new Set([...Object.keys(before.properties), ...Object.keys(after.properties)]);
  const changed = [...names].filter(
    (name) => !isSame(before.properties[name], after.properties[name]) && !isFirstExpiry(name, before),
  );
  const policies = (["deletionPolicy", "updateReplacePolicy"] as const).filter((name) => before[name] !== after[name]);
  return [
    ...changed.map((name) => `${id}.${name} has changed: ${consequence(name)}`),
    ...policies.map(
      (name) => `${id}: ${name} was ${before[name]} and is ${after[name]}: what it holds may go with the stack.`,
    ),
  ];
}

/** A table whose items did not expire has none with the attribute by which they could. */
function isFirstExpiry(name: string, { properties }: StatefulResource): boolean {
  return name === "TimeToLiveSpecification" && properties[name] === undefined;
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

function consequence(property: string): string {
  switch (property) {
    case "KeySchema":
    case "TableName":
    case "LocalSecondaryIndexes":
      return "a deployment replaces the table by an empty one, and all operations stay behind in the old one.";
    case "AttributeDefinitions":
    case "GlobalSecondaryIndexes":
      return "DynamoDB makes and deletes one index in a deployment and changes none: a key or projection that differs needs an index of a new name, filled before the old one goes.";
    case "FifoQueue":
    case "QueueName":
      return "a deployment replaces the queue by an empty one, and queued messages stay behind in the old one.";
    case "ContentBasedDeduplication":
    case "DeduplicationScope":
    case "FifoThroughputLimit":
      return "SQS would take equal messages as repeats, or order them by another rule, so that operations are lost or overtake.";
    case "MessageRetentionPeriod":
    case "RedrivePolicy":
      return "SQS forgets messages, or moves them away, at another time than the sweeper counts with.";
    case "TimeToLiveSpecification":
      return "DynamoDB expires rows that are promised to stay, or keeps those that must go.";
    case "DeletionProtectionEnabled":
    case "PointInTimeRecoverySpecification":
      return "operations can be lost by hand, or cannot be restored.";
    default:
      return "a deployment replaces it by an empty one, or it forgets at another time.";
  }
}
