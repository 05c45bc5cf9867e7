/** The most operations that one call may submit. */
export const maxOperations = 500;
export const maxBodyBytes = 1024 * 1024;
/** The largest operation, as compact JSON in UTF-8. */
export const maxOperationBytes = 128 * 1024;
/** The longest header `Idempotency-Key`. */
export const maxIdempotencyKeyCharacters = 255;
/** How many faults an answer lists; it counts the rest. */
export const maxListedFaults = 100;
/**
 * The most operations that are counted on either side of a waiting one: 32 read units of DynamoDB, at 250 bytes each.
 */
export const maxCountedAhead = 1000;
/** How far a lane's operations are counted: two queries, at 250 bytes each. */
export const maxCountedInLane = 5000;
