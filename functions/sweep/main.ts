import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { documents } from "../../shared/dynamo/documents.ts";
import { takeWayOut } from "../../shared/lambda/way-out.ts";
import { systemClock } from "../../shared/time/system-clock.ts";
import { assembleSweep } from "./assemble.ts";

const wayOut = takeWayOut(process.env);

/** What Lambda calls. */
export const handler = assembleSweep({
  environment: process.env,
  clock: systemClock,
  random: Math.random,
  dynamo: documents(new DynamoDBClient(wayOut)),
  lambda: new LambdaClient(wayOut),
});
