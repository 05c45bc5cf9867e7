import { DynamoDBClient, paginateQuery } from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import { clientOptions, type Endpoints } from "./host/endpoints.ts";
import type { Stack } from "./host/stack.ts";

/** The ledger's index that lists operations by status. */
const byStatus = "byStatus";
const tableProperties = z.object({ GlobalSecondaryIndexes: z.optional(z.array(z.object({ IndexName: z.string() }))) });

/** The longest that stopping the stack waits for the count. */
const timeoutMs = 3000;

/**
 * Says in a sentence what becomes of operations that are not finished when the stack stops. The ledger must still run,
 * and nothing may write to it any more.
 *
 * @param embeddedUrl the URL of the AWS services that end with the stack
 */
export async function leftBehind(stack: Stack, endpoints: Endpoints, embeddedUrl: string): Promise<string> {
  if (endpoints.sqs !== embeddedUrl) return staysAt(endpoints, embeddedUrl);
  try {
    const { operations, atLeast } = await countQueued(stack, endpoints.dynamodb);
    return lost(operations, atLeast);
  } catch {
    return "Unfinished operations are gone: the local queue is in memory.";
  }
}

/** @returns `atLeast` if there was no time to count them all. @throws if the ledger cannot be found or read */
async function countQueued(stack: Stack, endpoint: string): Promise<{ operations: number; atLeast: boolean }> {
  const client = new DynamoDBClient({ ...clientOptions(endpoint), maxAttempts: 1 });
  const abortSignal = AbortSignal.timeout(timeoutMs);
  const queued = {
    TableName: ledgerOf(stack),
    IndexName: byStatus,
    Select: "COUNT",
    KeyConditionExpression: "#status = :queued",
    ExpressionAttributeNames: { "#status": "status" },
    ExpressionAttributeValues: { ":queued": { S: "queued" } },
  } as const;
  let operations = 0;
  try {
    for await (const { Count = 0 } of paginateQuery({ client }, queued, { abortSignal })) operations += Count;
    return { operations, atLeast: false };
  } catch (error) {
    if (operations > 0 && abortSignal.aborted) return { operations, atLeast: true };
    throw error;
  } finally {
    client.destroy();
  }
}

function ledgerOf(stack: Stack): string | undefined {
  const ledger = stack.ofType("AWS::DynamoDB::Table").find((table) => {
    const { GlobalSecondaryIndexes: indexes = [] } = stack.properties(table, tableProperties);
    return indexes.some(({ IndexName }) => IndexName === byStatus);
  });
  return ledger && stack.ref(ledger.logicalId);
}

function staysAt({ sqs, dynamodb }: Endpoints, embeddedUrl: string): string {
  const stays = `Unfinished operations stay in the queue at ${sqs}`;
  return dynamodb === embeddedUrl
    ? `${stays}, except parked ones, which are gone: the local waiting room is in memory.`
    : `${stays}.`;
}

function lost(operations: number, atLeast: boolean): string {
  if (operations === 0) return "No operation was left unfinished.";
  const count = `${atLeast ? "More than " : ""}${operations.toLocaleString("en")}`;
  return operations === 1
    ? `${count} operation was not finished, and is gone: the local queue is in memory.`
    : `${count} operations were not finished, and are gone: the local queue is in memory.`;
}
