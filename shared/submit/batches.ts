import { maxBodyBytes, maxOperationBytes } from "../operation/limits.ts";
import { formatMessage } from "../operation/message.ts";
import type { Operation } from "../operation/operation.ts";
import { untouched } from "../operation/progress.ts";
import { touchesOfAll } from "../planning/conflicts.ts";
import { type Joined, join } from "../planning/join.ts";
import { plan } from "../planning/plan.ts";
import { keysToStandUnder } from "../room/names.ts";

/** One message of a call, ready to be sent. */
export interface OutgoingMessage {
  /** Its index among the messages of the call; the same each time for the same call. */
  readonly index: number;
  readonly operations: Joined;
  readonly body: string;
}

/** The messages of one call to SQS. No two of them conflict, because SQS may accept some entries and refuse others. */
export type OutgoingBatch = readonly OutgoingMessage[];

/**
 * Joins and orders the operations of one call as dispatch will send them, so that the messages of one batch make one
 * action request. The same operations always give the same batches.
 */
export function outgoingBatches(operations: readonly Operation[]): OutgoingBatch[] {
  const messages = join(operations, maxOperationBytes).map((joined, index): OutgoingMessage => {
    const names = keysToStandUnder(touchesOfAll(joined.map(({ command }) => command)));
    return { index, operations: joined, body: formatMessage(joined, names) };
  });
  const requests = plan(
    messages.map(({ index, operations: [head, ...rest] }) => ({
      messageId: String(index),
      operations: [{ ...head, progress: untouched }, ...rest.map((each) => ({ ...each, progress: untouched }))],
    })),
  );
  const seen = new Set<string>();
  return requests.flatMap(({ slices }) => {
    const firsts = slices.filter(({ messageId }) => !seen.has(messageId));
    for (const { messageId } of firsts) seen.add(messageId);
    return withinBytes(
      firsts.flatMap(({ messageId }) => messages[Number(messageId)] ?? []),
      maxBodyBytes,
    );
  });
}

/** AWS: the entries of one SendMessageBatch are 1 MiB at most, together. */
function withinBytes(messages: readonly OutgoingMessage[], maxBytes: number): OutgoingMessage[][] {
  const batches: OutgoingMessage[][] = [];
  let bytes = maxBytes;
  for (const message of messages) {
    const size = Buffer.byteLength(message.body);
    bytes += size;
    if (bytes > maxBytes) {
      batches.push([]);
      bytes = size;
    }
    batches.at(-1)?.push(message);
  }
  return batches;
}
