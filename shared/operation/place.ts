import * as z from "zod/mini";

/**
 * Where an operation stands in the accepted order of its lane: the `SequenceNumber` of its message, then its index in the
 * message. Places compare as text. "Earlier" and "later" mean places, never clocks.
 */
export type Place = string & { readonly __brand: "Place" };

/** AWS: a sequence number has 128 bits, so up to 39 decimal digits, and compares as a number. */
const sequenceDigits = 39;
/** One message holds up to 500 operations. */
const indexDigits = 3;

/** @param index the index of the operation in its message, from 0 */
export function placeOf(sequenceNumber: string, index: number): Place {
  return `${sequenceNumber.padStart(sequenceDigits, "0")}#${String(index).padStart(indexDigits, "0")}` as Place;
}

/** A place after those of all operations in the message of that sequence number, and before those of later messages. */
export function placeAfter(sequenceNumber: string): Place {
  return `${sequenceNumber.padStart(sequenceDigits, "0")}$` as Place;
}

/** A place after that of one operation, and before those of all that come after it. Several there are in their own order. */
export function placeRightAfter(place: Place, own: Place): Place {
  return `${place}+${own}` as Place;
}

/**
 * The place of an operation without a stored sequence number: before all that have one, in order of acceptance.
 *
 * @param acceptedAt milliseconds since the epoch
 */
export function placeBeforeAll(acceptedAt: number, id: string): Place {
  return `!${String(acceptedAt).padStart(15, "0")}#${id}` as Place;
}

export const placeSchema = z.pipe(
  z.string(),
  z.transform((place): Place => place as Place),
);
