import type { Operation } from "../operation/operation.ts";
import { isSameRoot } from "../umapi/same-root.ts";
import { hasStep } from "../umapi/steps/look-up.ts";
import { touches } from "./conflicts.ts";
import { LatestConflict } from "./latest-conflict.ts";
import { renamesRoot } from "./rename.ts";

/** The operations of one message: the work on one root, in order. */
export type Joined = readonly [Operation, ...Operation[]];

/**
 * Joins the operations of one call, given in order, so that those on one root travel together. An operation joins the
 * latest message that it conflicts with, so that it never overtakes another one that it conflicts with. The message
 * must have the same root and mode, all steps in a row must be lawful, and the message must stay within `maxBytes` of
 * JSON.
 */
export function join(operations: readonly Operation[], maxBytes: number): Joined[] {
  const messages: { joined: [Operation, ...Operation[]]; bytes: number }[] = [];
  const placed = new LatestConflict();
  for (const operation of operations) {
    const touched = touches(operation.command);
    const place = placed.before(touched);
    const message = messages[place];
    // The brackets of a list with one operation take at least the bytes of the comma in a longer list.
    const bytes = Buffer.byteLength(JSON.stringify([operation]));
    if (message !== undefined && message.bytes + bytes <= maxBytes && mayFollow(message.joined, operation)) {
      message.joined.push(operation);
      message.bytes += bytes;
      placed.record(touched, place);
    } else {
      placed.record(touched, messages.push({ joined: [operation], bytes }) - 1);
    }
  }
  return messages.map(({ joined }) => joined);
}

function mayFollow(joined: Joined, operation: Operation): boolean {
  const [head] = joined;
  return (
    isSameRoot(head.command, operation.command) &&
    head.testOnly === operation.testOnly &&
    head.removalSet === operation.removalSet &&
    !hasStep(operation.command, ({ place }) => place === "first") &&
    !joined.some(({ command }) => hasStep(command, ({ place }) => place === "last") || renamesRoot(command))
  );
}
