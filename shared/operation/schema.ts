import * as z from "zod/mini";
import type { Operation, OperationId } from "./operation.ts";
import { storedCommandSchema } from "./stored-command.ts";

export const operationIdSchema = z.pipe(
  z.string().check(z.regex(/^[a-z0-9-]{1,64}$/)),
  z.transform((id): OperationId => id as OperationId),
);

/** An operation as this project writes it into messages and rows. */
export const operationSchema: z.ZodMiniType<Operation> = z.object({
  id: operationIdSchema,
  command: storedCommandSchema,
  testOnly: z.boolean(),
  notBefore: z.exactOptional(z.int()),
  generation: z.int().check(z.nonnegative()),
  release: z.exactOptional(z.int().check(z.nonnegative())),
  acceptedAt: z.int(),
  queuedAt: z.int(),
});
