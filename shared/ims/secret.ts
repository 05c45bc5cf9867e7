import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { type Credentials, InvalidCredentialsError, parseCredentials } from "./credentials.ts";
import { TokenError } from "./token-source.ts";

/** Reads the credentials' current version, anew at each call. */
export function secretReader(client: SecretsManagerClient, secretId: string): () => Promise<Credentials> {
  return async () => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId })).catch((cause) => {
      throw new TokenError("unavailable", "The secret with Adobe's credentials could not be read.", { cause });
    });
    try {
      return parseCredentials(SecretString ?? "");
    } catch (error) {
      if (!(error instanceof InvalidCredentialsError)) throw error;
      throw new TokenError("refused", error.message);
    }
  };
}
