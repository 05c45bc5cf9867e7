import type { Clock } from "../../../../shared/time/clock.ts";
import { failureOf, type PlannedRefusal, Refusals } from "../refusals.ts";
import { answering, type Service } from "../service.ts";
import { ServiceError } from "../service-error.ts";
import { actions, type SecretsContext } from "./actions.ts";
import { unknownOperation } from "./errors.ts";
import { Secrets } from "./secrets.ts";

export interface SecretsManagerOptions {
  readonly clock: Clock;
  /** Makes UUIDs, for version ids and for the suffix that AWS adds to an ARN. */
  readonly randomId: () => string;
  /** @default "us-east-1" */
  readonly region?: string;
  /** Twelve digits. @default "000000000000" */
  readonly accountId?: string;
}

/** Secrets Manager in this process. */
export interface SecretsManager extends Service {
  /**
   * Makes calls fail; the returned function ends that.
   *
   * @example secrets.refuse({ action: "GetSecretValue", code: "AccessDeniedException", status: 400, times: 2 });
   */
  refuse(refusal: PlannedRefusal): () => void;
}

const byName: Readonly<Record<string, (input: unknown, context: SecretsContext) => unknown>> = actions;

/** A model of Secrets Manager: secrets with versions and staging labels, unencrypted and in memory. */
export function createSecretsManager({
  clock,
  randomId,
  region = "us-east-1",
  accountId = "000000000000",
}: SecretsManagerOptions): SecretsManager {
  const secrets = new Secrets({ region, accountId, randomId });
  const refusals = new Refusals();

  function run(name: string, input: unknown): unknown {
    const action = Object.hasOwn(byName, name) ? byName[name] : undefined;
    if (action === undefined) {
      throw unknownOperation(
        `The local Secrets Manager has no action ${name}; it has ${Object.keys(byName).join(", ")}.`,
      );
    }
    const refusal = refusals.take(name, secretNameIn(input, secrets));
    if (refusal !== undefined && !refusal.applied) throw refused(refusal);
    const output = action(input, { secrets, clock, randomId });
    if (refusal !== undefined) throw refused(refusal);
    return output;
  }

  return {
    target: "secretsmanager",
    contentType: "application/x-amz-json-1.1",
    handle: (action, input) => answering(() => run(action, input)),
    refuse: (refusal) => refusals.add(refusal),
  };
}

function refused(refusal: PlannedRefusal): ServiceError {
  const { status, code, message } = failureOf(refusal);
  return new ServiceError({ type: code, code, message, status });
}

/** The name of the secret that an input names by its name or ARN. */
function secretNameIn(input: unknown, secrets: Secrets): string | undefined {
  if (typeof input !== "object" || input === null) return undefined;
  const id = "SecretId" in input ? input.SecretId : "Name" in input ? input.Name : undefined;
  return (
    secrets.list().find(({ name, arn }) => name === id || arn === id)?.name ?? (typeof id === "string" ? id : undefined)
  );
}
