import { DynamoDBClient, paginateQuery } from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import { clientOptions, type Endpoints } from "./host/endpoints.ts";
import type { Stack } from "./host/stack.ts";
import { workersOf } from "./workers.ts";

const functionProperties = z.object({ Environment: z.object({ Variables: z.object({ TABLE_NAME: z.string() }) }) });

/** The longest that stopping the stack waits for the count. */
const timeoutMs = 3000;

/**
 * Says in a sentence what becomes of operations that are not finished when the stack stops. The ledgers must still run,
 * and nothing may write to them any more.
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

/** @returns `atLeast` if there was no time to count them all. @throws if a ledger cannot be read */
async function countQueued(stack: Stack, endpoint: string): Promise<{ operations: number; atLeast: boolean }> {
  const client = new DynamoDBClient({ ...clientOptions(endpoint), maxAttempts: 1 });
  const abortSignal = AbortSignal.timeout(timeoutMs);
  const queued = {
    IndexName: "byStatus",
    Select: "COUNT",
    KeyConditionExpression: "#status = :queued",
    ExpressionAttributeNames: { "#status": "status" },
    ExpressionAttributeValues: { ":queued": { S: "queued" } },
  } as const;
  let operations = 0;
  try {
    for (const TableName of ledgersOf(stack)) {
      const pages = paginateQuery({ client }, { TableName, ...queued }, { abortSignal });
      for await (const { Count = 0 } of pages) operations += Count;
    }
    return { operations, atLeast: false };
  } catch (error) {
    if (operations > 0 && abortSignal.aborted) return { operations, atLeast: true };
    throw error;
  } finally {
    client.destroy();
  }
}

/** One of each organisation in the stack. */
function ledgersOf(stack: Stack): Set<string> {
  const workers = workersOf(stack.template);
  return new Set(workers.map((each) => stack.properties(each, functionProperties).Environment.Variables.TABLE_NAME));
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
