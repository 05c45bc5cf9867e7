/**
 * Reads a `Retry-After` header (RFC 9110 §10.2.3): seconds, or an HTTP date, which is read against the answer's own
 * `Date` so that no clock of ours has to agree with Adobe's.
 *
 * Proxies repeat the header, and `fetch` joins what is repeated with commas. Of several values the longest wait counts;
 * what is not usable among them does not.
 *
 * @param header the header's value, or null if absent
 * @param date the value of the answer's `Date` header, or null if absent
 * @param now milliseconds since the epoch, used where the answer has no usable `Date`
 * @returns milliseconds to wait, possibly 0 or less, or undefined if the header is absent or unusable
 */
export function parseRetryAfter(header: string | null, date: string | null, now: number): number | undefined {
  const [sentAt = now] = valuesIn(date).flatMap((value) => parseHttpDate(value) ?? []);
  const waits = valuesIn(header).flatMap((value) => {
    if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
    const until = parseHttpDate(value);
    return until === undefined ? [] : until - sentAt;
  });
  return waits.length === 0 ? undefined : Math.max(...waits);
}

/** The values of a repeated header, joined with commas. A date may have a comma behind the name of its day. */
function valuesIn(header: string | null): string[] {
  return (
    (header ?? "").match(/(?:\s*(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,)?[^,]+/gi)?.map((value) => value.trim()) ?? []
  );
}

/** Any of the three forms of RFC 9110 §5.6.7, all of them in UTC; undefined for anything else. */
function parseHttpDate(text: string): number | undefined {
  // Date.parse takes far more than HTTP dates ("-5", "1 apple", "Fri 1"); every form has a day's name and a time.
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun).* \d\d:\d\d:\d\d( |$)/i.test(text)) return undefined;
  // The form of asctime names no zone, and Date.parse would read it in this machine's.
  const time = Date.parse(/ \d{4}$/.test(text) ? `${text} GMT` : text);
  return Number.isNaN(time) ? undefined : time;
}
