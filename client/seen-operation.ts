/** The API's answers about operations as this client reads them: a newer service may know more than this version does. */
import * as z from "zod/mini";
import { operationsPageSchema, operationViewSchema } from "../shared/api/operation.ts";
import { meaningOf, type Status } from "../shared/operation/status.ts";
import type { Read } from "../shared/schema/read.ts";

/** A status of this version, or the name of one that only a newer service has. */
export type SeenStatus = Status | (string & Record<never, never>);

// `z.extend` would be 2 kB of the client.
export const seenOperationSchema = z.object({ ...operationViewSchema.shape, status: z.string() });
export const seenPageSchema = z.object({ ...operationsPageSchema.shape, operations: z.array(seenOperationSchema) });

/** An operation as a caller sees it. */
export interface SeenOperation extends Omit<Read<typeof seenOperationSchema>, "status"> {
  readonly status: SeenStatus;
}

/**
 * Whether it will not change any more, unless it is retried. All that has not ended is called `queued`, in every version
 * of the API; so a status that this version does not know is an end, and neither success nor failure.
 */
export const hasEnded = (operation: SeenOperation) => meaning(operation) !== "open";
export const hasSucceeded = (operation: SeenOperation) => meaning(operation) === "success";
/** Whether there is something to mend and to retry. */
export const hasFailed = (operation: SeenOperation) => meaning(operation) === "failure";

const meaning = ({ status }: SeenOperation) => meaningOf(status) ?? "neither";
