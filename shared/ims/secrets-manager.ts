import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { networkFault, withFault } from "../http/network-fault.ts";
import { type Credentials, InvalidCredentialsError } from "./credentials.ts";
import { parseCredentials } from "./parse-credentials.ts";
import { TokenError } from "./token-source.ts";

/**
 * Returns a function that reads the current version of the credentials at each call. It rejects with a `TokenError` of
 * kind `unreadable`.
 */
export function secretReader(client: SecretsManagerClient, secretId: string): () => Promise<Credentials> {
  return async () => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId })).catch((cause) => {
      const awsError = nameOf(cause);
      const fault = networkFault(cause);
      const message = "The secret with Adobe's credentials could not be read";
      const told = fault === undefined ? `${message}: ${awsError}.` : withFault(message, fault);
      throw new TokenError("unreadable", told, { awsError, cause });
    });
    if (SecretString === undefined)
      throw new TokenError("unreadable", "The secret with Adobe's credentials holds bytes. Put them in as text.");
    try {
      return parseCredentials(SecretString);
    } catch (error) {
      if (!(error instanceof InvalidCredentialsError)) throw error;
      throw new TokenError("unreadable", error.message);
    }
  };
}

/**
 * The name of an error, such as `AccessDeniedException`, or `ECONNREFUSED` if no connection was made. A message could
 * name an account.
 */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const name = error.name === "Error" && "code" in error ? String(error.code) : error.name;
  return /^\w{1,100}$/.test(name) ? name : "unknown";
}
