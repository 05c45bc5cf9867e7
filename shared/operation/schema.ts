import * as z from "zod/mini";
import type { SchemaOf } from "../schema/read.ts";
import { commandForm } from "../umapi/command-form.ts";
import type { Operation, OperationId } from "./operation.ts";

export const operationIdSchema = z.pipe(
  z.string().check(z.regex(/^[a-z0-9-]{1,64}$/)),
  z.transform((id): OperationId => id as OperationId),
);

/** An operation as this project writes it into messages and rows. */
export const operationSchema: SchemaOf<Operation> = z.looseObject({
  id: operationIdSchema,
  command: commandForm,
  testOnly: z.boolean(),
  submittedBy: z.exactOptional(z.string()),
  notBefore: z.exactOptional(z.int()),
  generation: z.int().check(z.nonnegative()),
  release: z.exactOptional(z.int().check(z.nonnegative())),
  removalSet: z.exactOptional(z.int()),
  callSize: z.exactOptional(z.int()),
  acceptedAt: z.int(),
  queuedAt: z.int(),
});
