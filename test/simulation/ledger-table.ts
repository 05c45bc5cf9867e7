import type { CreateTableCommandInput } from "@aws-sdk/client-dynamodb";

/** The table as `infra/ledger-table.ts` describes it. */
export const ledgerTable = {
  TableName: "ledger",
  BillingMode: "PAY_PER_REQUEST",
  AttributeDefinitions: ["pk", "status", "root", "waiting", "order"].map((AttributeName) => ({
    AttributeName,
    AttributeType: "S",
  })),
  KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
  GlobalSecondaryIndexes: Object.entries({ byStatus: "status", byRoot: "root", byWaiting: "waiting" }).map(
    ([IndexName, AttributeName]) => ({
      IndexName,
      KeySchema: [
        { AttributeName, KeyType: "HASH" },
        { AttributeName: "order", KeyType: "RANGE" },
      ],
      Projection: { ProjectionType: "ALL" },
    }),
  ),
} satisfies CreateTableCommandInput;

/** The waiting room's table as `infra/room-table.ts` describes it. */
export const roomTable = {
  TableName: "room",
  BillingMode: "PAY_PER_REQUEST",
  AttributeDefinitions: ["pk", "sk"].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
  KeySchema: [
    { AttributeName: "pk", KeyType: "HASH" },
    { AttributeName: "sk", KeyType: "RANGE" },
  ],
} satisfies CreateTableCommandInput;
