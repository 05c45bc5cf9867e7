import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
} from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { startLocalAws } from "../../../infra/local/aws/server.ts";
import { documents } from "../../../shared/dynamo/documents.ts";
import { createDynamo } from "../../simulation/dynamo/dynamo.ts";
import { inProcess } from "../../support/in-process-client.ts";

/** A DynamoDB to compare, through the SDK's own clients. */
export interface Store {
  readonly client: DynamoDBClient;
  readonly documents: DynamoDBDocumentClient;
  close(): Promise<void>;
}

/** dynalite over HTTP. */
export async function openDynalite(): Promise<Store> {
  const aws = await startLocalAws({ port: 0 });
  const client = new DynamoDBClient({
    region: "us-east-1",
    endpoint: aws.endpoint,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
  return {
    client,
    documents: documents(client),
    close: async () => {
      client.destroy();
      await aws.close();
    },
  };
}

/** The simulation's model, in this process. */
export async function openModel(dynamo = createDynamo()): Promise<Store> {
  const client = new DynamoDBClient(inProcess(dynamo));
  return { client, documents: documents(client), close: async () => client.destroy() };
}

/** A table of operations: found by `pk`, listed by `status` or `root` in the order of `order`. */
export const operations = {
  TableName: "operations",
  BillingMode: "PAY_PER_REQUEST",
  AttributeDefinitions: ["pk", "status", "root", "order"].map((AttributeName) => ({
    AttributeName,
    AttributeType: "S",
  })),
  KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
  GlobalSecondaryIndexes: [
    listing("byStatus", "status", { ProjectionType: "INCLUDE", NonKeyAttributes: ["id", "charges"] }),
    listing("byRoot", "root", { ProjectionType: "INCLUDE", NonKeyAttributes: ["id", "charges", "status"] }),
  ],
} satisfies CreateTableCommandInput;

/** Tables with a sort key of each type. */
export const readings = sorted("readings", "reading", "N");
export const words = sorted("words", "word", "S");
export const digests = sorted("digests", "digest", "B");

/** Creates the table and waits until it can be used. */
export async function createTable({ client }: Store, table: CreateTableCommandInput): Promise<void> {
  await client.send(new CreateTableCommand(table));
  for (;;) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: table.TableName }));
    if (Table?.TableStatus === "ACTIVE") return;
  }
}

/** What a call came to, for comparing: what it answered, or the name of its error. */
export async function outcome<T extends { readonly $metadata: unknown }>(
  call: Promise<T>,
): Promise<Omit<T, "$metadata"> | { readonly error: string }> {
  try {
    const { $metadata: _, ...answer } = await call;
    return answer;
  } catch (error) {
    if (error instanceof Error) return { error: error.name };
    throw error;
  }
}

function listing(
  IndexName: string,
  partition: string,
  Projection: { readonly ProjectionType: "INCLUDE"; readonly NonKeyAttributes: string[] },
) {
  return {
    IndexName,
    KeySchema: [
      { AttributeName: partition, KeyType: "HASH" as const },
      { AttributeName: "order", KeyType: "RANGE" as const },
    ],
    Projection,
  };
}

function sorted(TableName: string, sortKey: string, type: "S" | "N" | "B") {
  return {
    TableName,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [
      { AttributeName: "pk", AttributeType: "S" },
      { AttributeName: sortKey, AttributeType: type },
    ],
    KeySchema: [
      { AttributeName: "pk", KeyType: "HASH" },
      { AttributeName: sortKey, KeyType: "RANGE" },
    ],
  } satisfies CreateTableCommandInput;
}
