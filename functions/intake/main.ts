import { randomUUID } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";
import { maxRecordBytes } from "../../shared/deliveries/record-reader.ts";
import { documents } from "../../shared/dynamo/documents.ts";
import { proxiesIn } from "../../shared/http/proxies.ts";
import { publicFetch } from "../../shared/http/public-fetch.ts";
import { takeWayOut } from "../../shared/lambda/way-out.ts";
import { systemClock } from "../../shared/time/system-clock.ts";
import { assembleIntake } from "./assemble.ts";

const wayOut = takeWayOut(process.env);

/** What Lambda calls. */
export const handler = assembleIntake({
  environment: process.env,
  clock: systemClock,
  random: Math.random,
  newId: randomUUID,
  dynamo: documents(new DynamoDBClient(wayOut)),
  sqs: new SQSClient(wayOut),
  secrets: new SecretsManagerClient(wayOut),
  ssm: new SSMClient(wayOut),
  fetchRecord: publicFetch({
    maxBytes: maxRecordBytes,
    isProxied: proxiesIn(process.env) !== undefined,
    // Only the local stack sets it.
    localOrigin: process.env["RECORDS_URL"],
  }),
});
