import { formatUnreadable, readMessage } from "../operation/message.ts";
import type { OperationId } from "../operation/operation.ts";
import { type Place, placeOf } from "../operation/place.ts";
import type { Admission } from "../room/admission.ts";
import type { DeadLetters } from "./dead-letters-sqs.ts";
import type { Delivery } from "./delivery.ts";

export interface TakeApartServices {
  readonly admission: Admission;
  readonly deadLetters: DeadLetters;
}

export interface TakenApart {
  /** The operations that were parked. */
  readonly parked: readonly OperationId[];
  /**
   * Whether the message must stay, because a part that is not of this service's form could not be moved to the
   * dead-letter queue, or because a row may still come by which an unreadable operation can go.
   */
  readonly isStuck: boolean;
}

/**
 * A message is received once a second while a row of it may still come. Submit's invocation has ended by then, which
 * lives for 29 s at most.
 */
const mostReceivesForARow = 35;

/**
 * Takes a message out of its queue, operation by operation: this service's operations go into the waiting room,
 * everything else into the dead-letter queue.
 *
 * @param isOfLane whether the message's sequence number is a place in the lane's order
 */
export async function takeApart(
  { admission, deadLetters }: TakeApartServices,
  delivery: Delivery,
  isOfLane: boolean,
): Promise<TakenApart> {
  const { body, messageId, sequenceNumber, receiveCount } = delivery;
  const reading = readMessage(body);
  if (reading.kind === "foreign") return { parked: [], isStuck: (await deadLetters.move([delivery])).length > 0 };
  const count = reading.kind === "newer" ? reading.operations.length : reading.entries.length;
  const places = Array.from({ length: count }, (_, index): Place => placeOf(sequenceNumber, index));
  const { parked, strays, mayBeKnownLater } = await admission.admit({ reading, body, ...(isOfLane ? { places } : {}) });
  if (isOfLane && mayBeKnownLater && receiveCount < mostReceivesForARow) return { parked, isStuck: true };
  const poison =
    strays.length === count
      ? [delivery]
      : strays.map((stray, index) => ({
          ...delivery,
          messageId: `${messageId}-${index}`,
          body: formatUnreadable(stray),
        }));
  return { parked, isStuck: (await deadLetters.move(poison)).length > 0 };
}
