import * as z from "zod/mini";

/** An operation as the API shows it. What a newer service adds comes through as it is. */
export const operationSchema = z.looseObject({
  id: z.string(),
  status: z.enum(["queued", "succeeded", "failed", "canceled"]),
  user: z.exactOptional(z.string()),
  usergroup: z.exactOptional(z.string()),
  attempts: z.number(),
  /** ISO 8601, as all times. */
  acceptedAt: z.string(),
  updatedAt: z.string(),
  notBefore: z.exactOptional(z.string()),
  waiting: z.exactOptional(
    z.looseObject({
      until: z.exactOptional(z.string()),
      reason: z.string(),
      /** Of whom it stands behind: the id. */
      behind: z.exactOptional(z.string()),
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
export type Status = Operation["status"];

/** By which `?call=` lists it. */
export function callOf(id: string): string {
  return id.split("-", 1)[0] ?? id;
}

/** The user or group that it is on. */
export function rootOf({ user, usergroup }: Operation): string {
  return user ?? usergroup ?? "";
}

/** What one of the operations waits for; undefined if each waits for its turn, or is being sent. */
export function waitingOf(operations: readonly Operation[]): Operation["waiting"] {
  return operations.find(({ waiting }) => waiting !== undefined)?.waiting;
}
