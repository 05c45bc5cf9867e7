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

const table = {
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

/** A worker, or somebody's own function. */
const functionOn = (ledger: string, service: string) => ({
  Type: "AWS::Lambda::Function",
  Properties: { Environment: { Variables: { POWERTOOLS_SERVICE_NAME: service, TABLE_NAME: { Ref: ledger } } } },
});

/** A stack with a table like a ledger for each of these, which has so many rows of each status. */
async function stackWith(tables: Record<string, Record<string, number>>) {
  const { endpoints, dynamodb } = await runAws();
  const ledgers = Object.keys(tables).filter((name) => name !== "SomebodysOwn");
  const stack = new Stack(
    readTemplate(
      writeAssembly({
        ...Object.fromEntries(Object.keys(tables).map((name) => [name, table])),
        ...Object.fromEntries(ledgers.map((name) => [`${name}Submit`, functionOn(name, "submit")])),
        ...Object.fromEntries(ledgers.map((name) => [`${name}Dispatch`, functionOn(name, "dispatch")])),
        Own: functionOn("SomebodysOwn", "website"),
      }),
    ),
  );
  await createResources(stack, endpoints, () => "");
  for (const [name, statuses] of Object.entries(tables)) {
    const rows = Object.entries(statuses).flatMap(([status, count]) =>
      Array.from({ length: count }, (_, index) => ({
        PutRequest: { Item: { pk: { S: `${status}-${index}` }, status: { S: status }, order: { S: `${index}` } } },
      })),
    );
    for (let start = 0; start < rows.length; start += 25) {
      const RequestItems = { [stack.ref(name) ?? ""]: rows.slice(start, start + 25) };
      await dynamodb.send(new BatchWriteItemCommand({ RequestItems }));
    }
  }
  return { stack, endpoints };
}

test.each([
  [{ Ledger: {} }, "No operation was left unfinished."],
  [{ Ledger: { succeeded: 3, failed: 1 } }, "No operation was left unfinished."],
  [{ Ledger: { queued: 1, succeeded: 2 } }, "1 operation was not finished, and is gone: the local queue is in memory."],
  [{ Ledger: { queued: 1025 } }, "1,025 operations were not finished, and are gone: the local queue is in memory."],
  [
    { Emea: { queued: 2 }, Apac: { queued: 1, failed: 1 }, SomebodysOwn: { queued: 7 } },
    "3 operations were not finished, and are gone: the local queue is in memory.",
  ],
  [{ SomebodysOwn: { queued: 7 }, Apac: {} }, "No operation was left unfinished."],
])("Whoever stops the stack is told what is lost, of all its organisations: %j", async (tables, sentence) => {
  const { stack, endpoints } = await stackWith(tables);
  expect(await leftBehind(stack, endpoints, endpoints.sqs)).toBe(sentence);
});

test("Work in a queue that does not end with the stack is not lost, except operations parked in a table that does", async () => {
  const { stack, endpoints } = await stackWith({ Ledger: { queued: 1 } });
  const elsewhere = { ...endpoints, sqs: "http://127.0.0.1:9324" };
  const stays = "Unfinished operations stay in the queue at http://127.0.0.1:9324";
  expect(await leftBehind(stack, elsewhere, "http://127.0.0.1:4566")).toBe(`${stays}.`);
  expect(await leftBehind(stack, elsewhere, endpoints.dynamodb)).toBe(
    `${stays}, except parked ones, which are gone: the local waiting room is in memory.`,
  );
});

test("Where the ledger cannot be read, it is said without a number", async () => {
  const { stack, endpoints } = await stackWith({ Ledger: { queued: 1 } });
  const unreadable = { ...endpoints, dynamodb: nowhere.dynamodb };
  expect(await leftBehind(stack, unreadable, endpoints.sqs)).toBe(
    "Unfinished operations are gone: the local queue is in memory.",
  );
});
