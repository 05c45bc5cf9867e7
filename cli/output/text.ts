/** Removes what would control a terminal or reverse text, because names come from other people's systems. */
export function plainText(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu, " ");
}

/** For example `1,000 operations`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

const grouping = new Intl.NumberFormat("en");

export function grouped(count: number): string {
  return grouping.format(count);
}

/** For example `12:03:20`, in the reader's time zone. */
export function timeOfDay(epochMs: number): string {
  return new Date(epochMs).toLocaleTimeString("en-GB");
}

/** For example `45 s`, `6 min`, `2 h 5 min` or `3 days`. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.round(hours / 24)} days`;
  const rest = minutes % 60;
  return `${hours} h${rest === 0 ? "" : ` ${rest} min`}`;
}

/** For example `3 min ago` or `in 40 s`. @param time in ISO 8601 @param now milliseconds since the epoch */
export function relative(time: string, now: number): string {
  const ms = Date.parse(time) - now;
  if (Math.abs(ms) < 500) return "now";
  return ms < 0 ? `${duration(-ms)} ago` : `in ${duration(ms)}`;
}

/** For example `2026-01-05T09:00:00Z, 3 min ago`. */
export function moment(time: string, now: number): string {
  return `${time.replace(/\.\d+Z$/, "Z")}, ${relative(time, now)}`;
}
