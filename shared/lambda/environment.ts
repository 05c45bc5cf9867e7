import * as z from "zod/mini";
import { parseBudget } from "../pacing/budget.ts";
import { parseRemovalLimit } from "../removals/removal-limit.ts";

/** The environment of a function differs from what its stack sets. */
class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}

const filled = z.string("it is missing").check(z.minLength(1, "it is empty"));
const url = filled.check(
  z.regex(/^https?:\/\/[^/]+(\/.*[^/])?$/, "expected an http(s) URL without a slash at its end"),
);
const seconds = z.pipe(
  filled.check(z.regex(/^[1-9]\d{0,4}$/, "expected a whole number of seconds from 1")),
  z.transform(Number),
);
const flag = z.pipe(
  z.enum(["true", "false"], "expected true or false"),
  z.transform((text) => text === "true"),
);
const list = z.pipe(
  filled,
  z.transform((text) => text.split(",")),
);
/** @param parse gives undefined for what is not `expected` */
const parsed = <Value>(parse: (text: string) => Value | undefined, expected: string) =>
  z.pipe(
    filled,
    z.transform((text, context): Value => {
      const value = parse(text);
      if (value !== undefined) return value;
      context.issues.push({ code: "custom", message: `expected ${expected}`, input: text });
      return z.NEVER;
    }),
  );

/** The variables of the functions. Each function asks for its own. */
export const variables = {
  QUEUE_URL: url,
  DEAD_LETTER_QUEUE_URL: url,
  TABLE_NAME: filled,
  ROOM_TABLE_NAME: filled,
  LANE: filled,
  SECRET_ID: filled,
  AUTH: z.enum(["oauth", "jwt"], "expected oauth or jwt"),
  UMAPI_URL: url,
  IMS_URL: url,
  ACTION_BUDGET: parsed(parseBudget, "requests/seconds, such as 10/60"),
  REQUEST_TIMEOUT_SECONDS: seconds,
  TOKEN_TIMEOUT_SECONDS: seconds,
  ALLOW_ACCOUNT_DELETION: flag,
  REMOVAL_LIMIT: parsed(parseRemovalLimit, "removals/seconds, such as 100/3600, or off"),
  LEAVERS_FIRST: flag,
  EVENT_SOURCE_MAPPING_IDS: list,
  DELIVERY_QUEUE_URL: url,
  /** What the names of the parameters of sources begin with, with the slash. */
  SOURCES_PATH: filled,
  WEBHOOK_SECRET_ID: filled,
  /** Locally, where records are read in place of the HR systems. */
  RECORDS_URL: z.optional(url),
};

/**
 * Reads the environment with a schema made of `variables`.
 *
 * @throws EnvironmentError that names every missing or unusable variable, and says what to set it to
 */
export function readEnvironment<Schema extends z.ZodMiniObject>(
  environment: Readonly<Record<string, string | undefined>>,
  schema: Schema,
): z.output<Schema> {
  const parsed = schema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new EnvironmentError(
    `The function's environment is not usable. ${faults.join("; ")}. The stack sets these variables: deploy it again.`,
  );
}
