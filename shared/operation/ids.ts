import { createHash } from "node:crypto";
import { maxOperations } from "./limits.ts";
import type { OperationId } from "./operation.ts";

/**
 * Names a call. The same key of the same caller always gives the same name, which shows neither. No key has a line break,
 * so that no two callers' keys make one name.
 *
 * @param caller undefined where nobody is named, as in all records of earlier versions
 */
export function callIdFor(idempotencyKey: string, caller: string | undefined): string {
  return hash(caller === undefined ? idempotencyKey : `${caller}\n${idempotencyKey}`);
}

/**
 * The id of the operation at `index` of a call, so that a repeated call means the same operations. The time is part of
 * the id, because a key that is used again after it was forgotten means new operations.
 *
 * @param acceptedAt when the call was first accepted, in milliseconds since the epoch
 */
export function operationIdFor(callId: string, acceptedAt: number, index: number): OperationId {
  return idAt(hash(`${callId} ${acceptedAt}`), index);
}

/**
 * The ids that the operations of one call may have, in the order submitted.
 *
 * @param call what the ids of its operations begin with, up to the hyphen
 * @param size how many it has, if that is known
 */
export function operationIdsOf(call: string, size = maxOperations): OperationId[] {
  return Array.from({ length: size }, (_, index) => idAt(call, index));
}

function idAt(call: string, index: number): OperationId {
  return `${call}-${String(index).padStart(3, "0")}` as OperationId;
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
