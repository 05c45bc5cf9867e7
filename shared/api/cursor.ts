import * as z from "zod/mini";

/** The cursor of an answer: where to go on, as text that tells callers nothing. */
export const cursorSchema = z.string().check(z.regex(/^[\w-]{2,200}$/));

export function formatCursor(place: string): string {
  return Buffer.from(place).toString("base64url");
}

/** The place of which `formatCursor` made the cursor; any text if a caller has changed it. */
export function placeIn(cursor: string): string {
  return Buffer.from(cursor, "base64url").toString();
}
