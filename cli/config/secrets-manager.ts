import {
  CreateSecretCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
  SecretsManagerServiceException,
} from "@aws-sdk/client-secrets-manager";
import { HttpRequest } from "@smithy/core/protocols";
import { ports } from "../../shared/api/local-ports.ts";
import { networkFault, withFault } from "../../shared/http/network-fault.ts";
import { expectConfidential, UrlError } from "../../shared/http/service-url.ts";
import { CommandError } from "../errors.ts";
import { awsTransportOf } from "../proxies.ts";

const endpointNames = "AWS_ENDPOINT_URL_SECRETS_MANAGER, AWS_ENDPOINT_URL or the profile's endpoint_url";

/** Where `npm start` has its AWS services. */
const localAwsUrl = `http://127.0.0.1:${ports.aws}`;

/**
 * Puts a value into a secret, and creates the secret if there is none of its name.
 *
 * @param secretId name or ARN
 * @param isOnAws whether the secret is in AWS, as the shell's variables and profile say, and not in the local stack
 * @throws CommandError
 */
export async function putSecret(
  secretId: string,
  value: string,
  isOnAws: boolean,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<"created" | "updated"> {
  const endpoint = environment["AWS_ENDPOINT_URL_SECRETS_MANAGER"] ?? environment["AWS_ENDPOINT_URL"] ?? localAwsUrl;
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new SecretsManagerClient(
    isOnAws ? awsTransportOf(environment) : { endpoint, credentials, region: "us-east-1", maxAttempts: 1 },
  );
  // The SDK also finds endpoints by itself, in the environment and in profiles. This check runs before it signs.
  client.middlewareStack.add(
    (next) => async (args) => {
      if (HttpRequest.isInstance(args.request)) expectConfidential(args.request, endpointNames);
      return await next(args);
    },
    { step: "build", name: "expectConfidential" },
  );
  try {
    return await put(client, secretId, value);
  } catch (cause) {
    if (cause instanceof CommandError || cause instanceof UrlError) throw cause;
    throw new CommandError(`Secrets Manager has not taken ${secretId}: ${reasonOf(cause, isOnAws, endpoint)}`, {
      cause,
    });
  }
}

async function put(
  client: SecretsManagerClient,
  secretId: string,
  SecretString: string,
): Promise<"created" | "updated"> {
  try {
    await client.send(new PutSecretValueCommand({ SecretId: secretId, SecretString }));
    return "updated";
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    if (secretId.startsWith("arn:")) throw new CommandError(`There is no secret ${secretId}.`, { cause: error });
    await client.send(new CreateSecretCommand({ Name: secretId, SecretString }));
    return "created";
  }
}

function reasonOf(error: unknown, isOnAws: boolean, endpoint: string): string {
  if (error instanceof SecretsManagerServiceException) return `${error.name}.`;
  const fault = networkFault(error);
  if (!isOnAws && fault?.code === "ECONNREFUSED")
    return `${endpoint} cannot be reached. Start the local stack (npm start or umapi local), or put it into AWS with --aws.`;
  if (fault !== undefined) return withFault("AWS gave no answer", fault);
  // The SDK says what it lacks: a region, credentials, a login.
  const [words] = error instanceof Error ? error.message.split("\n") : [];
  return `${words ?? "it gave no answer"}. Check the shell's AWS credentials and region.`;
}
