/** The body that submits operations. */
import * as z from "zod/mini";
import { maxOperations } from "../operation/limits.ts";
import type { Read } from "../schema/read.ts";
import { userCommand, userGroupCommand } from "../umapi/roots.ts";

/** Beside a command's own fields. RFC 3339, with an offset from UTC: the operation is not sent before that. */
const ours = { notBefore: z.exactOptional(z.iso.datetime({ offset: true })) };

export const operationRequestSchema = z.union([z.extend(userCommand, ours), z.extend(userGroupCommand, ours)]);

const listSchema = z.array(operationRequestSchema).check(z.minLength(1), z.maxLength(maxOperations));

/** What submits operations. `accept` asks for more: the rules between the parts of a command, and the sizes. */
export const submitBodySchema = z.union([
  operationRequestSchema,
  listSchema,
  z.strictObject({ operations: listSchema }),
]);

/** One operation as callers submit it. */
export type OperationRequest = Read<typeof operationRequestSchema>;
