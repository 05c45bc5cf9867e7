import { placeIn } from "../../shared/api/cursor.ts";
import { type Problem, problem } from "../../shared/api/problem.ts";
import { listQuerySchema } from "../../shared/api/queries.ts";
import { ownReasons } from "../../shared/api/wait-reasons.ts";
import type { ListingQuery } from "../../shared/ledger/operation-reader.ts";
import { statuses } from "../../shared/operation/status.ts";

const defaultLimit = 50;
const maxLimit = 200;

const expected = {
  status: `status is ${statuses.slice(0, -1).join(", ")} or ${statuses.at(-1)}`,
  user: "user is an email or a username of 1 to 250 characters",
  waiting: `waiting is ${ownReasons.slice(0, -1).join(", ")} or ${ownReasons.at(-1)}`,
  call: "call is the part of an operation's id before its hyphen, 32 hexadecimal digits",
  limit: `limit is a whole number from 1 to ${maxLimit}`,
  cursor: "cursor is the cursor of the page before, unchanged",
};

/** Reads the query of a listing. A problem repeats nothing of the query, which may be personal data. */
export function parseListingQuery(
  query: Readonly<Record<string, string | undefined>>,
): { readonly ok: true; readonly query: ListingQuery } | { readonly ok: false; readonly problem: Problem } {
  const parsed = listQuerySchema.safeParse(query);
  if (!parsed.success) {
    const named = new Set(parsed.error.issues.map(({ path }) => String(path[0] ?? "")));
    const wanted = Object.entries(expected).flatMap(([name, text]) => (named.has(name) ? [text] : []));
    const unknown = named.has("") ? ["the parameters known are status, user, waiting, call, limit and cursor"] : [];
    const detail = `The query cannot be read: ${[...wanted, ...unknown].join("; ")}.`;
    return { ok: false, problem: problem("malformed", detail) };
  }
  const { status, user, waiting, call, limit, cursor } = parsed.data;
  const filter = {
    ...(status === undefined ? {} : { status }),
    ...(user === undefined ? {} : { user }),
    ...(waiting === undefined ? {} : { waiting }),
  };
  return {
    ok: true,
    query: {
      filter,
      limit: limit === undefined ? defaultLimit : Number(limit),
      ...(call === undefined ? {} : { call }),
      ...(cursor === undefined ? {} : { cursor: placeIn(cursor) }),
    },
  };
}
