import * as z from "zod/mini";
import { type Problem, problem } from "../../shared/api/problem.ts";
import type { ListingQuery } from "../../shared/ledger/operation-reader.ts";
import { ownReasons } from "../../shared/ledger/own-wait.ts";
import { statuses, statusSchema } from "../../shared/operation/status.ts";

const defaultLimit = 50;
const maxLimit = 200;

const schema = z.strictObject({
  status: z.exactOptional(statusSchema),
  user: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(250))),
  waiting: z.exactOptional(z.enum(ownReasons)),
  call: z.exactOptional(z.string().check(z.regex(/^[0-9a-f]{32}$/))),
  limit: z._default(
    z.pipe(
      z.string().check(z.regex(/^[1-9]\d{0,2}$/)),
      z.pipe(z.transform(Number), z.number().check(z.maximum(maxLimit))),
    ),
    defaultLimit,
  ),
  cursor: z.exactOptional(
    z.pipe(
      z.string().check(z.regex(/^[\w-]{2,200}$/)),
      z.transform((cursor) => Buffer.from(cursor, "base64url").toString()),
    ),
  ),
});

const expected = {
  status: `status is ${statuses.slice(0, -1).join(", ")} or ${statuses.at(-1)}`,
  user: "user is an email or a username of 1 to 250 characters",
  waiting: `waiting is ${ownReasons.slice(0, -1).join(", ")} or ${ownReasons.at(-1)}`,
  call: "call is what an operation's id has before its hyphen, 32 hexadecimal digits",
  limit: `limit is a whole number from 1 to ${maxLimit}`,
  cursor: "cursor is the cursor of the page before, unchanged",
};

/** Reads the query of a listing. A problem repeats nothing of the query, which may be personal data. */
export function parseListingQuery(
  query: Readonly<Record<string, string | undefined>>,
): { readonly ok: true; readonly query: ListingQuery } | { readonly ok: false; readonly problem: Problem } {
  const parsed = schema.safeParse(query);
  if (!parsed.success) {
    const named = new Set(parsed.error.issues.map(({ path }) => String(path[0] ?? "")));
    const wanted = Object.entries(expected).flatMap(([name, text]) => (named.has(name) ? [text] : []));
    const unknown = named.has("") ? ["the parameters known are status, user, waiting, call, limit and cursor"] : [];
    const detail = `The query cannot be read: ${[...wanted, ...unknown].join("; ")}.`;
    return { ok: false, problem: problem("malformed", detail) };
  }
  const { status, user, waiting, ...rest } = parsed.data;
  const filter = {
    ...(status === undefined ? {} : { status }),
    ...(user === undefined ? {} : { user }),
    ...(waiting === undefined ? {} : { waiting }),
  };
  return { ok: true, query: { ...rest, filter } };
}

export function formatCursor(cursor: string): string {
  return Buffer.from(cursor).toString("base64url");
}
