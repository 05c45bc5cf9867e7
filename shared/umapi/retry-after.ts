/**
 * Reads a `Retry-After` header (RFC 9110 §10.2.3): seconds, or an HTTP date, which is read against the answer's own
 * `Date` so that no clock of ours has to agree with Adobe's.
 *
 * @param header the header's value, or null if absent
 * @param date the value of the answer's `Date` header, or null if absent
 * @param now milliseconds since the epoch, used where the answer has no usable `Date`
 * @returns milliseconds to wait, possibly 0 or less, or undefined if the header is absent or unusable
 */
export function parseRetryAfter(header: string | null, date: string | null, now: number): number | undefined {
  const value = header?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  // Date.parse takes far more than HTTP dates ("-5", "1 apple"); every form of RFC 9110 starts with a day's name.
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/i.test(value)) return undefined;
  const until = Date.parse(value);
  if (Number.isNaN(until)) return undefined;
  const sent = date === null ? Number.NaN : Date.parse(date);
  return until - (Number.isNaN(sent) ? now : sent);
}
