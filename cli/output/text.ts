/** Names come from other people's systems: what would steer a terminal, or turn text around, is left out. */
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

/** For example `12:03:20`, on the day and in the time zone of who reads it. */
export function timeOfDay(epochMs: number): string {
  return new Date(epochMs).toLocaleTimeString("en-GB");
}

/** For example `45 s`, `6 min` or `2 h 5 min`. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? "" : ` ${rest} min`}`;
}
