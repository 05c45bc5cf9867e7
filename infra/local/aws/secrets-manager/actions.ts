import * as z from "zod/mini";
import type { Clock } from "../../../../shared/time/clock.ts";
import { parseInput } from "../parse-input.ts";
import { invalidParameter, invalidRequest, resourceExists, resourceNotFound, validationException } from "./errors.ts";
import { CURRENT, type Secret, type SecretValue } from "./secret.ts";
import type { Secrets } from "./secrets.ts";

export interface SecretsContext {
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly randomId: () => string;
}

const text = z.string();
const optionalText = z.optional(text);
const value = { SecretString: optionalText, SecretBinary: optionalText, ClientRequestToken: optionalText };

const inputs = {
  create: z.object({ Name: text, Description: optionalText, ...value }),
  get: z.object({ SecretId: text, VersionId: optionalText, VersionStage: optionalText }),
  put: z.object({ SecretId: text, VersionStages: z.optional(z.array(text)), ...value }),
  update: z.object({ SecretId: text, Description: optionalText, ...value }),
  describe: z.object({ SecretId: text }),
  list: z.object({ MaxResults: z.optional(z.int()), NextToken: optionalText }),
  delete: z.object({
    SecretId: text,
    RecoveryWindowInDays: z.optional(z.int()),
    ForceDeleteWithoutRecovery: z.optional(z.boolean()),
  }),
};

const MAX_LISTED = 100;
const DAY_MS = 86_400_000;

export const actions = {
  CreateSecret(input: unknown, { secrets, clock, randomId }: SecretsContext) {
    const { Name, Description, ClientRequestToken, ...given } = read(inputs.create, input);
    if (!/^[\w/+=.@-]{1,512}$/.test(Name)) {
      throw validationException(
        "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
      );
    }
    const content = contentOf(given);
    const secret = secrets.create(Name, clock.now());
    secret.description = Description;
    if (content === undefined) return { ARN: secret.arn, Name };
    const id = ClientRequestToken ?? randomId();
    secret.put(id, content, [CURRENT], clock.now());
    return { ARN: secret.arn, Name, VersionId: id };
  },

  GetSecretValue(input: unknown, { secrets }: SecretsContext) {
    const { SecretId, ...choice } = read(inputs.get, input);
    const secret = secrets.findLive(SecretId);
    const version = secret.read(choice);
    if (version === undefined) {
      const what = choice.VersionId === undefined ? "staging label" : "VersionId";
      const which = choice.VersionId ?? choice.VersionStage ?? CURRENT;
      throw resourceNotFound(`Secrets Manager can't find the specified secret value for ${what}: ${which}`);
    }
    const { id, stages, createdAt, SecretString, SecretBinary } = version;
    return {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: id,
      VersionStages: stages,
      SecretString,
      SecretBinary,
      CreatedDate: seconds(createdAt),
    };
  },

  PutSecretValue(input: unknown, { secrets, clock, randomId }: SecretsContext) {
    const { SecretId, VersionStages = [CURRENT], ClientRequestToken, ...given } = read(inputs.put, input);
    const secret = secrets.findLive(SecretId);
    const content = contentOf(given);
    if (content === undefined) throw invalidParameter("You must provide either SecretString or SecretBinary.");
    const id = ClientRequestToken ?? randomId();
    put(secret, id, content, VersionStages, clock.now());
    return { ARN: secret.arn, Name: secret.name, VersionId: id, VersionStages: secret.versionIdsToStages[id] };
  },

  UpdateSecret(input: unknown, { secrets, clock, randomId }: SecretsContext) {
    const { SecretId, Description, ClientRequestToken, ...given } = read(inputs.update, input);
    const secret = secrets.findLive(SecretId);
    const content = contentOf(given);
    secret.description = Description ?? secret.description;
    if (content === undefined) return { ARN: secret.arn, Name: secret.name };
    const id = ClientRequestToken ?? randomId();
    put(secret, id, content, [CURRENT], clock.now());
    return { ARN: secret.arn, Name: secret.name, VersionId: id };
  },

  DescribeSecret(input: unknown, { secrets }: SecretsContext) {
    const secret = secrets.find(read(inputs.describe, input).SecretId);
    return { ...describe(secret), VersionIdsToStages: secret.versionIdsToStages };
  },

  ListSecrets(input: unknown, { secrets }: SecretsContext) {
    const { MaxResults = MAX_LISTED, NextToken = "0" } = read(inputs.list, input);
    const from = Number(NextToken);
    const live = secrets.list().filter(({ deletedAt }) => deletedAt === undefined);
    const page = live.slice(from, from + MaxResults);
    const end = from + page.length;
    return {
      SecretList: page.map((secret) => ({ ...describe(secret), SecretVersionsToStages: secret.versionIdsToStages })),
      NextToken: end < live.length ? String(end) : undefined,
    };
  },

  /** Without force the secret is only marked as deleted: it cannot be read, and its name stays taken. */
  DeleteSecret(input: unknown, { secrets, clock }: SecretsContext) {
    const { SecretId, RecoveryWindowInDays, ForceDeleteWithoutRecovery = false } = read(inputs.delete, input);
    if (ForceDeleteWithoutRecovery && RecoveryWindowInDays !== undefined) {
      throw invalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
    }
    const days = RecoveryWindowInDays ?? 30;
    if (days < 7 || days > 30) {
      throw invalidParameter("The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
    }
    const secret = secrets.find(SecretId);
    if (ForceDeleteWithoutRecovery) secrets.erase(secret);
    secret.deletedAt ??= clock.now();
    const dueAt = secret.deletedAt + (ForceDeleteWithoutRecovery ? 0 : days * DAY_MS);
    return { ARN: secret.arn, Name: secret.name, DeletionDate: seconds(dueAt) };
  },
};

function read<T>(schema: z.ZodMiniType<T>, input: unknown): T {
  const parsed = parseInput(schema, input);
  if (parsed.ok) return parsed.value;
  throw validationException(`${parsed.member || "The input"} is ${parsed.problem}: ${parsed.detail}`);
}

function contentOf({ SecretString, SecretBinary }: SecretValue): SecretValue | undefined {
  if (SecretString !== undefined && SecretBinary !== undefined) {
    throw invalidParameter(
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    );
  }
  return SecretString === undefined && SecretBinary === undefined ? undefined : { SecretString, SecretBinary };
}

function put(secret: Secret, id: string, content: SecretValue, stages: readonly string[], now: number): void {
  if (stages.length === 0) throw invalidRequest("A version needs at least one staging label.");
  if (secret.put(id, content, stages, now).kind === "conflict") {
    throw resourceExists(
      `You can't use ClientRequestToken ${id} because that value is already in use for a version of secret ${secret.arn}.`,
    );
  }
}

function describe(secret: Secret) {
  return {
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description,
    CreatedDate: seconds(secret.createdAt),
    LastChangedDate: seconds(secret.changedAt),
    DeletedDate: secret.deletedAt === undefined ? undefined : seconds(secret.deletedAt),
  };
}

/** The AWS JSON protocol has times in seconds since the epoch. */
function seconds(ms: number): number {
  return ms / 1000;
}
