import { readFileSync } from "node:fs";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import { documents } from "../../shared/dynamo/documents.ts";
import { takeWayOut } from "../../shared/lambda/way-out.ts";
import { systemClock } from "../../shared/time/system-clock.ts";
import { assembleOperations } from "./assemble.ts";

const wayOut = takeWayOut(process.env);

/** What Lambda calls. */
export const handler = assembleOperations({
  environment: process.env,
  clock: systemClock,
  dynamo: documents(new DynamoDBClient(wayOut)),
  sqs: new SQSClient(wayOut),
  // It lies beside the bundle, and is read once somebody asks: in the bundle, every cold start would load it.
  description: () => readFileSync(new URL("openapi.json", import.meta.url), "utf8"),
});
