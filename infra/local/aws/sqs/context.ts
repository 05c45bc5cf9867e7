import type * as z from "zod/mini";
import type { Clock } from "../../../../shared/time/clock.ts";
import { parseInput } from "../parse-input.ts";
import type { PlannedRefusal } from "../refusals.ts";
import { missingParameter, serializationException } from "./errors.ts";
import type { Queues } from "./queues.ts";

/** What an action of SQS needs. */
export interface SqsContext {
  readonly queues: Queues;
  readonly clock: Clock;
  readonly randomId: () => string;
  readonly accountId: string;
  /** The refusal that a test added for entries of this call. */
  readonly refusal: PlannedRefusal | undefined;
  readonly signal: AbortSignal | undefined;
}

/** @throws ServiceError `MissingParameter` or `SerializationException`, which name the member at fault */
export function readInput<T>(schema: z.ZodMiniType<T>, input: unknown): T {
  const parsed = parseInput(schema, input);
  if (parsed.ok) return parsed.value;
  throw parsed.problem === "missing"
    ? missingParameter(parsed.member)
    : serializationException(parsed.member, parsed.detail);
}
