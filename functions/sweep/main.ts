import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { documents } from "../../shared/table/documents.ts";
import { systemClock } from "../../shared/time/system-clock.ts";
import { assembleSweep } from "./assemble.ts";

/** What Lambda calls. */
export const handler = assembleSweep({
  environment: process.env,
  clock: systemClock,
  random: Math.random,
  dynamo: documents(new DynamoDBClient()),
});
