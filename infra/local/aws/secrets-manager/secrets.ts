import { invalidRequest, resourceExists, resourceNotFound } from "./errors.ts";
import { Secret } from "./secret.ts";

export interface SecretsOptions {
  readonly region: string;
  readonly accountId: string;
  readonly randomId: () => string;
}

/** The secrets of the account. */
export class Secrets {
  readonly #byName = new Map<string, Secret>();
  readonly #options: SecretsOptions;

  constructor(options: SecretsOptions) {
    this.#options = options;
  }

  /** @throws ServiceError if the name is taken, also by a deleted secret that can still be restored */
  create(name: string, now: number): Secret {
    const existing = this.#byName.get(name);
    if (existing?.deletedAt !== undefined) {
      throw invalidRequest(
        "You can't create this secret because a secret with this name is already scheduled for deletion.",
      );
    }
    if (existing !== undefined) throw resourceExists(`The operation failed because the secret ${name} already exists.`);
    const { region, accountId, randomId } = this.#options;
    const suffix = randomId().replaceAll("-", "").slice(0, 6);
    const secret = new Secret({
      name,
      arn: `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-${suffix}`,
      now,
    });
    this.#byName.set(name, secret);
    return secret;
  }

  /**
   * Finds a secret by its name, its ARN, or its ARN without the six characters that AWS adds.
   *
   * @throws ServiceError `ResourceNotFoundException`
   */
  find(id: string): Secret {
    const byName = this.#byName.get(id);
    const secret = byName ?? this.list().find(({ arn }) => arn === id || arn.slice(0, -"-xxxxxx".length) === id);
    if (secret === undefined) throw resourceNotFound("Secrets Manager can't find the specified secret.");
    return secret;
  }

  /** As `find`. @throws ServiceError `InvalidRequestException` if it is marked for deletion */
  findLive(id: string): Secret {
    const secret = this.find(id);
    if (secret.deletedAt === undefined) return secret;
    throw invalidRequest("You can't perform this operation on the secret because it was marked for deletion.");
  }

  /** In order of creation. */
  list(): Secret[] {
    return [...this.#byName.values()];
  }

  erase(secret: Secret): void {
    this.#byName.delete(secret.name);
  }
}
