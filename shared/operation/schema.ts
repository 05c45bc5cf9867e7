import * as z from "zod/mini";
import { checkCommand } from "../umapi/check-command.ts";
import type { Command } from "../umapi/command.ts";
import type { Operation, OperationId } from "./operation.ts";

export const operationIdSchema = z.pipe(
  z.string().check(z.regex(/^[a-z0-9-]{1,64}$/)),
  z.transform((id): OperationId => id as OperationId),
);

/** A command as it was accepted; anything that submit would have refused is refused here too. */
const commandSchema = z.pipe(
  z.unknown(),
  z.transform((value, context): Command => {
    const checked = checkCommand(value);
    if (checked.ok) return checked.command;
    context.issues.push({ code: "custom", message: "not a command", input: value });
    return z.NEVER;
  }),
);

/** An operation as this project writes it into messages and rows. */
export const operationSchema: z.ZodMiniType<Operation> = z.object({
  id: operationIdSchema,
  command: commandSchema,
  testOnly: z.boolean(),
  generation: z.int().check(z.nonnegative()),
  acceptedAt: z.int(),
  queuedAt: z.int(),
});
