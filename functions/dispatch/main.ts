import { randomUUID } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import { documents } from "../../shared/dynamo/documents.ts";
import { takeWayOut } from "../../shared/lambda/way-out.ts";
import { systemClock } from "../../shared/time/system-clock.ts";
import { assembleDispatch } from "./assemble.ts";

const wayOut = takeWayOut(process.env);

/** What Lambda calls. */
export const handler = assembleDispatch({
  environment: process.env,
  clock: systemClock,
  random: Math.random,
  newId: randomUUID,
  fetch,
  dynamo: documents(new DynamoDBClient(wayOut)),
  sqs: new SQSClient(wayOut),
  secrets: new SecretsManagerClient(wayOut),
});
