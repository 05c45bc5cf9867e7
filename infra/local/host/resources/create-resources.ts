import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import { clientOptions, type Endpoints } from "../endpoints.ts";
import { SetupError } from "../setup-error.ts";
import type { Stack } from "../stack.ts";
import type { Resource } from "../template.ts";
import { createMapping } from "./mappings.ts";
import { createQueues } from "./queues.ts";
import { createSecret } from "./secrets.ts";
import { createTable } from "./tables.ts";

/** The value for a secret. */
export type SecretValue = (secret: Resource) => string | Promise<string>;

/**
 * Creates the stack's tables, secrets, queues and event source mappings if they do not exist, and defines their names in
 * the stack. The functions' names must be there.
 *
 * @param secretValue the value of a secret that has none in the template
 * @throws {SetupError} that names the service that cannot be reached or refuses
 */
export async function createResources(stack: Stack, endpoints: Endpoints, secretValue: SecretValue): Promise<void> {
  const dynamodb = new DynamoDBClient(clientOptions(endpoints.dynamodb));
  const secretsManager = new SecretsManagerClient(clientOptions(endpoints.secretsManager));
  const sqs = new SQSClient(clientOptions(endpoints.sqs));
  const lambda = new LambdaClient(clientOptions(endpoints.lambda));
  try {
    for (const resource of stack.ofType("AWS::DynamoDB::Table")) {
      await createTable(dynamodb, stack, resource)
        .catch(explain("DynamoDB", endpoints.dynamodb))
        .catch((error) => stack.leaveOut(error));
    }
    for (const resource of stack.ofType("AWS::SecretsManager::Secret")) {
      await createSecret(secretsManager, stack, resource, await secretValue(resource))
        .catch(explain("Secrets Manager", endpoints.secretsManager))
        .catch((error) => stack.leaveOut(error));
    }
    await createQueues(sqs, stack).catch(explain("SQS", endpoints.sqs));
    for (const resource of stack.ofType("AWS::Lambda::EventSourceMapping")) {
      await createMapping(lambda, stack, resource)
        .catch(explain("Lambda", endpoints.lambda))
        .catch((error) => stack.leaveOut(error));
    }
  } finally {
    for (const client of [dynamodb, secretsManager, sqs, lambda]) client.destroy();
  }
}

function explain(service: string, endpoint: string) {
  return (error: unknown): never => {
    if (error instanceof SetupError) throw error;
    const reason = error instanceof Error ? error.message || error.name : String(error);
    throw new SetupError(`${service} at ${endpoint} did not create what the stack needs: ${reason}`, { cause: error });
  };
}
