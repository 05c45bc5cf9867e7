import { randomUUID } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import { documents } from "../../shared/dynamo/documents.ts";
import { takeWayOut } from "../../shared/lambda/way-out.ts";
import { systemClock } from "../../shared/time/system-clock.ts";
import { assembleOperate } from "./assemble.ts";

const wayOut = takeWayOut(process.env);

/** What Lambda calls. */
export const handler = assembleOperate({
  environment: process.env,
  clock: systemClock,
  newId: randomUUID,
  dynamo: documents(new DynamoDBClient(wayOut)),
  sqs: new SQSClient(wayOut),
});
