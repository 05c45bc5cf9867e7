import {
  CreateSecretCommand,
  DescribeSecretCommand,
  ResourceExistsException,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import * as z from "zod/mini";
import { SetupError } from "../setup-error.ts";
import type { Stack } from "../stack.ts";
import type { Resource } from "../template.ts";

const secretProperties = z.object({ Name: z.optional(z.string()), SecretString: z.optional(z.string()) });

/**
 * Creates or finds a secret. @param value the value that an operator would put in; a value in the template overrides it
 */
export async function createSecret(
  client: SecretsManagerClient,
  stack: Stack,
  resource: Resource,
  value: string,
): Promise<void> {
  const { Name = stack.physicalName(resource.logicalId, 512), SecretString = value } = stack.properties(
    resource,
    secretProperties,
  );
  const ARN = await createOrFind(client, Name, SecretString);
  if (ARN === undefined) throw new SetupError(`The secret ${Name} was created, but its ARN was not told`);
  stack.define(resource.logicalId, { ref: ARN, attributes: { Id: ARN } });
}

async function createOrFind(client: SecretsManagerClient, Name: string, SecretString: string) {
  try {
    return (await client.send(new CreateSecretCommand({ Name, SecretString }))).ARN;
  } catch (error) {
    if (!(error instanceof ResourceExistsException)) throw error;
    return (await client.send(new DescribeSecretCommand({ SecretId: Name }))).ARN;
  }
}
