import * as z from "zod/mini";
import { parseInput } from "../../../infra/local/aws/parse-input.ts";
import { validationException } from "./errors.ts";

const text = z.string();
const attributes = z.record(text, z.unknown());
const placeholders = {
  ExpressionAttributeNames: z.optional(z.record(text, text)),
  ExpressionAttributeValues: z.optional(attributes),
};
const keySchema = z.array(z.strictObject({ AttributeName: text, KeyType: z.enum(["HASH", "RANGE"]) }));
const throughput = z.optional(z.strictObject({ ReadCapacityUnits: z.number(), WriteCapacityUnits: z.number() }));
const oldValues = z.optional(z.enum(["NONE", "ALL_OLD"]));

/** What each action takes here. Members that the model does not know are refused: they would be misread. */
export const inputs = {
  createTable: z.strictObject({
    TableName: text,
    KeySchema: keySchema,
    AttributeDefinitions: z.array(z.strictObject({ AttributeName: text, AttributeType: z.enum(["S", "N", "B"]) })),
    BillingMode: z.optional(z.enum(["PAY_PER_REQUEST", "PROVISIONED"])),
    ProvisionedThroughput: throughput,
    GlobalSecondaryIndexes: z.optional(
      z.array(
        z.strictObject({
          IndexName: text,
          KeySchema: keySchema,
          Projection: z.strictObject({
            ProjectionType: z.enum(["ALL", "KEYS_ONLY", "INCLUDE"]),
            NonKeyAttributes: z.optional(z.array(text)),
          }),
          ProvisionedThroughput: throughput,
        }),
      ),
    ),
  }),
  describeTable: z.strictObject({ TableName: text }),
  get: z.strictObject({ TableName: text, Key: attributes, ConsistentRead: z.optional(z.boolean()) }),
  batchGet: z.strictObject({
    RequestItems: z.record(
      text,
      z.strictObject({ Keys: z.array(attributes), ConsistentRead: z.optional(z.boolean()) }),
    ),
  }),
  batchWrite: z.strictObject({
    RequestItems: z.record(
      text,
      z.array(
        z.union([
          z.strictObject({ PutRequest: z.strictObject({ Item: attributes }) }),
          z.strictObject({ DeleteRequest: z.strictObject({ Key: attributes }) }),
        ]),
      ),
    ),
  }),
  put: z.strictObject({
    TableName: text,
    Item: attributes,
    ConditionExpression: z.optional(text),
    ReturnValues: oldValues,
    ...placeholders,
  }),
  update: z.strictObject({
    TableName: text,
    Key: attributes,
    UpdateExpression: z.optional(text),
    ConditionExpression: z.optional(text),
    ReturnValues: z.optional(z.enum(["NONE", "ALL_OLD", "ALL_NEW"])),
    ...placeholders,
  }),
  delete: z.strictObject({
    TableName: text,
    Key: attributes,
    ConditionExpression: z.optional(text),
    ReturnValues: oldValues,
    ...placeholders,
  }),
  query: z.strictObject({
    TableName: text,
    IndexName: z.optional(text),
    KeyConditionExpression: text,
    FilterExpression: z.optional(text),
    ScanIndexForward: z.optional(z.boolean()),
    Limit: z.optional(z.int().check(z.minimum(1))),
    ExclusiveStartKey: z.optional(attributes),
    ConsistentRead: z.optional(z.boolean()),
    Select: z.optional(z.literal("COUNT")),
    ...placeholders,
  }),
};

/** @throws ValidationException for an input of another shape, or with members that the model does not know */
export function readInput<T>(schema: z.ZodMiniType<T>, input: unknown): T {
  const parsed = parseInput(schema, input);
  if (parsed.ok) return parsed.value;
  const where = parsed.member === "" ? "The input" : `Value at '${parsed.member}'`;
  throw validationException(`${where} failed to satisfy constraint: ${parsed.detail}`);
}
