import * as z from "zod/mini";
import { parseJson } from "../http/parse-json.ts";

/** The body of a message that makes dispatch look at due work. */
export const bell = JSON.stringify({ bell: true });

const schema = z.object({ bell: z.literal(true) });

export function isBell(body: string): boolean {
  return schema.safeParse(parseJson(body)).success;
}
