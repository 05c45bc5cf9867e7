import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { documents } from "../../shared/table/documents.ts";
import { systemClock } from "../../shared/time/system-clock.ts";
import { assembleOperations } from "./assemble.ts";

/** What Lambda calls. */
export const handler = assembleOperations({
  environment: process.env,
  clock: systemClock,
  dynamo: documents(new DynamoDBClient()),
});
