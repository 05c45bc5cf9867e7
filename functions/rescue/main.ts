import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import { documents } from "../../shared/dynamo/documents.ts";
import { takeWayOut } from "../../shared/lambda/way-out.ts";
import { systemClock } from "../../shared/time/system-clock.ts";
import { assembleRescue } from "./assemble.ts";

const wayOut = takeWayOut(process.env);

/** What Lambda calls. */
export const handler = assembleRescue({
  environment: process.env,
  clock: systemClock,
  random: Math.random,
  dynamo: documents(new DynamoDBClient(wayOut)),
  sqs: new SQSClient(wayOut),
});
