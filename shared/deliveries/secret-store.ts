import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import type { Clock } from "../time/clock.ts";
import { Kept } from "../time/kept.ts";
import { InvalidSecretsError, readSecrets, type SourceSecrets } from "../webhooks/secrets.ts";

/** A new key is noticed after so long. */
const keptMs = 60_000;

export interface SecretEvent {
  readonly kind: "webhook secret unusable";
  /** Which field is wrong; never a value. */
  readonly reason: string;
}

/** The keys and credentials of all sources, which are one secret. */
export class SecretStore {
  readonly #kept: Kept<ReadonlyMap<string, SourceSecrets>>;

  constructor(client: SecretsManagerClient, secretId: string, clock: Clock, report: (event: SecretEvent) => void) {
    this.#kept = new Kept(clock, keptMs, async () => {
      const text = await textOf(client, secretId);
      try {
        // A new secret has no value yet.
        return readSecrets(text ?? "{}");
      } catch (error) {
        if (error instanceof InvalidSecretsError) report({ kind: "webhook secret unusable", reason: error.message });
        throw error;
      }
    });
  }

  /** By the names of the sources. @throws errors of Secrets Manager, InvalidSecretsError, as long as it was never read */
  async all(): Promise<ReadonlyMap<string, SourceSecrets>> {
    return await this.#kept.get();
  }
}

async function textOf(client: SecretsManagerClient, secretId: string): Promise<string | undefined> {
  try {
    return (await client.send(new GetSecretValueCommand({ SecretId: secretId }))).SecretString;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
