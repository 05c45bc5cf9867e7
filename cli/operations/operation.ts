import * as z from "zod/mini";
import { statusSchema } from "../../shared/operation/status.ts";
import { retryMayHelp } from "../../shared/umapi/errors/hint.ts";

/** An operation as the API shows it. What a newer service adds comes through as it is. */
export const operationSchema = z.looseObject({
  id: z.string(),
  status: statusSchema,
  user: z.exactOptional(z.string()),
  usergroup: z.exactOptional(z.string()),
  attempts: z.number(),
  /** ISO 8601, as all times. */
  acceptedAt: z.string(),
  updatedAt: z.string(),
  notBefore: z.exactOptional(z.string()),
  /** These and `do` are told of a single operation only. */
  domain: z.exactOptional(z.string()),
  useAdobeID: z.exactOptional(z.boolean()),
  do: z.exactOptional(z.array(z.record(z.string(), z.unknown()))),
  waiting: z.exactOptional(
    z.looseObject({
      until: z.exactOptional(z.string()),
      reason: z.string(),
      /** Of whom it stands behind: the id. */
      behind: z.exactOptional(z.string()),
      /** About how many operations stand before it. */
      ahead: z.exactOptional(z.number()),
      expectedAt: z.exactOptional(z.string()),
    }),
  ),
  canceledAt: z.exactOptional(z.string()),
  canceledBy: z.exactOptional(z.string()),
  /** Of a canceled one: false if a part of it was sent before. */
  certain: z.exactOptional(z.boolean()),
  error: z.exactOptional(
    z.looseObject({
      code: z.string(),
      message: z.string(),
      step: z.exactOptional(z.number()),
      certain: z.boolean(),
      hint: z.exactOptional(z.string()),
    }),
  ),
});

export type Operation = Readonly<z.output<typeof operationSchema>>;
export type Waiting = Readonly<NonNullable<Operation["waiting"]>>;

/** By which `?call=` lists it. */
export function callOf(id: string): string {
  return id.split("-", 1)[0] ?? id;
}

/** The user or group that it is on. */
export function rootOf({ user, usergroup }: Operation): string {
  return user ?? usergroup ?? "";
}

/** What one of the operations waits for; undefined if each waits for its turn, or is being sent. */
export function waitingOf(operations: readonly Operation[]): Waiting | undefined {
  return operations.find(({ waiting }) => waiting !== undefined)?.waiting;
}

/** Whether a retry of an operation that has failed may change anything. */
export function isWorthRetrying({ error }: Operation): boolean {
  return error === undefined || retryMayHelp(error);
}
