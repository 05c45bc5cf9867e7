/**
 * Reads a `Retry-After` header (RFC 9110 §10.2.3): seconds, or an HTTP date. A date is compared with the answer's own
 * `Date`, so that our clock need not agree with Adobe's.
 *
 * A proxy may repeat the header; `fetch` joins the values with commas. The longest usable value counts.
 *
 * @param header the header's value, or null if absent
 * @param date the value of the answer's `Date` header, or null if absent
 * @param now milliseconds since the epoch, used if the answer has no usable `Date`
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

/** The values of a repeated header, joined with commas. A date may have a comma after the name of the day. */
function valuesIn(header: string | null): string[] {
  return (
    (header ?? "").match(/(?:\s*(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,)?[^,]+/gi)?.map((value) => value.trim()) ?? []
  );
}

/** Any of the three forms of RFC 9110 §5.6.7, all of them in UTC; undefined for anything else. */
function parseHttpDate(text: string): number | undefined {
  // Date.parse accepts far more than HTTP dates ("-5", "1 apple", "Fri 1"). All three forms have the name of a day and
  // a time.
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun).* \d\d:\d\d:\d\d( |$)/i.test(text)) return undefined;
  // The asctime form has no time zone, and some leave it out. Date.parse would take this machine's.
  const lacksZone = / (\d{4}|\d\d:\d\d:\d\d)$/.test(text);
  const time = Date.parse(lacksZone ? `${text} GMT` : text);
  return Number.isNaN(time) ? undefined : time;
}
