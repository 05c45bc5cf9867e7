/** One segment of a path, percent-encoded. Organisation ids and emails keep their `@`, as in Adobe's own examples. */
export function pathSegment(text: string): string {
  return encodeURIComponent(text).replaceAll("%40", "@");
}

/** A group's name as a segment of a path. Users report that Adobe cuts a name at a dot that is not encoded. */
export function groupSegment(name: string): string {
  return encodeURIComponent(name).replaceAll(".", "%2E");
}
