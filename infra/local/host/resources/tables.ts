import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import { accountId, amount, region, type Stack } from "../stack.ts";
import type { Resource } from "../template.ts";

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(["HASH", "RANGE"]) }));
const throughput = z.object({ ReadCapacityUnits: amount, WriteCapacityUnits: amount });
const index = z.object({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.object({
    ProjectionType: z.optional(z.enum(["ALL", "KEYS_ONLY", "INCLUDE"])),
    NonKeyAttributes: z.optional(z.array(z.string())),
  }),
});

/** Time to live, point-in-time recovery and encryption are left out, because local tables do not have them. */
const tableProperties = z.object({
  TableName: z.optional(z.string()),
  KeySchema: keySchema,
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(["S", "N", "B"]) })),
  BillingMode: z.optional(z.enum(["PAY_PER_REQUEST", "PROVISIONED"])),
  ProvisionedThroughput: z.optional(throughput),
  GlobalSecondaryIndexes: z.optional(z.array(z.extend(index, { ProvisionedThroughput: z.optional(throughput) }))),
  LocalSecondaryIndexes: z.optional(z.array(index)),
});

/** Creates or finds a table with its indexes. Resolves when the table can be used. */
export async function createTable(client: DynamoDBClient, stack: Stack, resource: Resource): Promise<void> {
  const properties = stack.properties(resource, tableProperties);
  const TableName = properties.TableName ?? stack.physicalName(resource.logicalId, 255);
  try {
    await client.send(new CreateTableCommand({ ...properties, TableName }));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 0.05, maxDelay: 0.5 }, { TableName });
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  const Arn = Table?.TableArn ?? `arn:aws:dynamodb:${region}:${accountId}:table/${TableName}`;
  stack.define(resource.logicalId, { ref: TableName, attributes: { Arn } });
}
