import { BatchWriteItemCommand } from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { createResources } from "../../../infra/local/host/resources/create-resources.ts";
import { Stack } from "../../../infra/local/host/stack.ts";
import { readTemplate } from "../../../infra/local/host/template.ts";
import { leftBehind } from "../../../infra/local/unfinished-work.ts";
import { writeAssembly } from "./support/assembly.ts";
import { runAws } from "./support/aws.ts";
import { nowhere } from "./support/run.ts";

const key = (AttributeName: string, KeyType: string) => ({ AttributeName, KeyType });

/** A stack whose ledger has so many operations of each status. */
async function stackWith(statuses: Record<string, number>) {
  const { endpoints, dynamodb } = await runAws();
  const ledger = {
    Type: "AWS::DynamoDB::Table",
    Properties: {
      AttributeDefinitions: ["pk", "status", "order"].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
      KeySchema: [key("pk", "HASH")],
      BillingMode: "PAY_PER_REQUEST",
      GlobalSecondaryIndexes: [
        {
          IndexName: "byStatus",
          KeySchema: [key("status", "HASH"), key("order", "RANGE")],
          Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["error"] },
        },
      ],
    },
  };
  const stack = new Stack(readTemplate(writeAssembly({ Ledger: ledger })));
  await createResources(stack, endpoints, "");
  const rows = Object.entries(statuses).flatMap(([status, count]) =>
    Array.from({ length: count }, (_, index) => ({
      PutRequest: { Item: { pk: { S: `${status}-${index}` }, status: { S: status }, order: { S: `${index}` } } },
    })),
  );
  for (let start = 0; start < rows.length; start += 25) {
    const RequestItems = { [stack.ref("Ledger") ?? ""]: rows.slice(start, start + 25) };
    await dynamodb.send(new BatchWriteItemCommand({ RequestItems }));
  }
  return { stack, endpoints };
}

test.each([
  [{}, "No operation was left unfinished."],
  [{ succeeded: 3, failed: 1 }, "No operation was left unfinished."],
  [{ queued: 1, succeeded: 2 }, "1 operation was not finished, and is gone: the local queue is in memory."],
  [{ queued: 1025 }, "1,025 operations were not finished, and are gone: the local queue is in memory."],
])("Whoever stops the stack is told what is lost: %j", async (statuses, sentence) => {
  const { stack, endpoints } = await stackWith(statuses);
  expect(await leftBehind(stack, endpoints, endpoints.sqs)).toBe(sentence);
});

test("Work in a queue that does not end with the stack is not lost, except operations parked in a table that does", async () => {
  const { stack, endpoints } = await stackWith({ queued: 1 });
  const elsewhere = { ...endpoints, sqs: "http://127.0.0.1:9324" };
  const stays = "Unfinished operations stay in the queue at http://127.0.0.1:9324";
  expect(await leftBehind(stack, elsewhere, "http://127.0.0.1:4566")).toBe(`${stays}.`);
  expect(await leftBehind(stack, elsewhere, endpoints.dynamodb)).toBe(
    `${stays}, except parked ones, which are gone: the local waiting room is in memory.`,
  );
});

test("Where the ledger cannot be read, it is said without a number", async () => {
  const { stack, endpoints } = await stackWith({ queued: 1 });
  const unreadable = { ...endpoints, dynamodb: nowhere.dynamodb };
  expect(await leftBehind(stack, unreadable, endpoints.sqs)).toBe(
    "Unfinished operations are gone: the local queue is in memory.",
  );
});
