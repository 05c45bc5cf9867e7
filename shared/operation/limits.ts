/** The most that one call may hand in. */
export const maxOperations = 500;
export const maxBodyBytes = 1024 * 1024;
/** Of one operation as compact JSON in UTF-8. */
export const maxOperationBytes = 128 * 1024;
/** Of the header `Idempotency-Key`. */
export const maxIdempotencyKeyCharacters = 255;
/** How many faults an answer lists; the rest it counts. */
export const maxListedFaults = 100;
/** How far operations are counted on either side of one that waits: 32 read units of DynamoDB, at 250 bytes each. */
export const maxCountedAhead = 1000;
/** How far a lane's operations are counted: two queries, at 250 bytes each. */
export const maxCountedInLane = 5000;
