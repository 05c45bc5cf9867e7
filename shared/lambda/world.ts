import type { LambdaClient } from "@aws-sdk/client-lambda";
import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { SSMClient } from "@aws-sdk/client-ssm";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Fetch } from "../http/exchange.ts";
import type { Clock } from "../time/clock.ts";
import type { FindKeys } from "../webhooks/bearer.ts";

/** Everything outside the code that the functions use. Each function takes the part that it needs. */
export interface World {
  /** Variables as Lambda sets them. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** A new UUID each time. */
  readonly newId: () => string;
  readonly fetch: Fetch;
  readonly dynamo: DynamoDBDocumentClient;
  readonly sqs: SQSClient;
  readonly secrets: SecretsManagerClient;
  readonly lambda: LambdaClient;
  readonly ssm: SSMClient;
  /** Finds the public keys of those who issue tokens for webhooks. */
  readonly findKeys: FindKeys;
  /** As `fetch`, for URLs of HR systems. */
  readonly fetchRecord: Fetch;
}
