/** DynamoDB takes items of 400 KiB, with all their names and the indexes' keys. */
const maxBytes = 380 * 1024;

/**
 * A payload as it is kept in a row, which is JSON in JSON: numbers and quotation marks may take several times the bytes
 * that they took in the webhook.
 *
 * @returns undefined if it cannot be kept: it is too large, or nested too deep
 */
export function keptPayload(payload: unknown): string | undefined {
  try {
    const text = JSON.stringify(payload);
    return Buffer.byteLength(JSON.stringify(text)) <= maxBytes ? text : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
