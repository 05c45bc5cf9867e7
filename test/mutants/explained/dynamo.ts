import { alike, type ExplainedIn } from "./alike.ts";

const bothFields =
  "DynamoDB answers with both fields, and with a list for the table; the condition is for the compiler.";

export const dynamo: ExplainedIn = {
  "shared/dynamo/read-items.ts": [
    ...alike(
      "found.push(...(Responses?.[table] ?? []));",
      bothFields,
      '[] → ["Stryker was here"]',
      "Responses?.[table] → Responses[table]",
    ),
    ...alike(
      "const unprocessed = (UnprocessedKeys?.[table]?.Keys ?? []).map(({ pk }) => ({ pk: String(pk) }));",
      bothFields,
      "UnprocessedKeys?.[table] → UnprocessedKeys[table]",
    ),
  ],
};
