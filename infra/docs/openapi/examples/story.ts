import { callIdFor, operationIdFor } from "../../../../shared/operation/ids.ts";
import type { OperationId } from "../../../../shared/operation/operation.ts";
import { hashOf } from "../../../../shared/removals/removals.ts";

/** When the requests of the examples come. */
export const exampleTime = "2027-01-04T09:00:00.000Z";

/** The key of those that submit. Their ids follow from key and time. */
export const exampleKey = "nightly-2027-01-04";

/** The first operation of a call. */
export const exampleId: string = idAt(0);

/** What its ids have before the hyphen. */
export const exampleCall: string = exampleId.slice(0, exampleId.indexOf("-"));

/** What removed the joiner first, in an example of its own. */
export const exampleLeaver: OperationId = operationIdFor(callIdFor("leaver", undefined), Date.parse(exampleTime), 0);

/** How many removals are above the limit where some are held. */
export const exampleHeld = 50;

/** Names their set. */
export const exampleHash: string = hashOf("default", {
  id: Date.parse(exampleTime),
  held: exampleHeld,
  bySubmitter: {},
});

/** The answer to a call of so many operations. */
export function queued(count: number): object {
  return { operations: Array.from({ length: count }, (_, index) => ({ id: idAt(index), status: "queued" })) };
}

function idAt(index: number): string {
  return operationIdFor(callIdFor(exampleKey, undefined), Date.parse(exampleTime), index);
}
