import * as z from "zod/mini";
import { tolerant } from "./tolerant.ts";

/** One page of a listing, with what Adobe says about its position. */
export interface Page<Entry> {
  readonly entries: readonly Entry[];
  readonly lastPage?: boolean;
  /** The number of this page, from 0. A request past the end of the users gets the last page. */
  readonly current?: number;
  /** How many pages there are. */
  readonly count?: number;
  /** The group whose members are listed. */
  readonly groupName?: string;
}

const frame = tolerant({
  lastPage: z.exactOptional(z.boolean()),
  result: z.exactOptional(z.string()),
  groupName: z.exactOptional(z.string()),
  users: z.exactOptional(z.unknown()),
  groups: z.exactOptional(z.unknown()),
});

/**
 * Reads the body and the headers of a 200.
 *
 * @returns undefined if it is not a page, or has an unreadable entry
 */
export function parsePage<Entry>(
  list: "users" | "groups",
  entry: z.ZodMiniType<Entry>,
  json: unknown,
  headers: Headers,
): Page<Entry> | undefined {
  const body = frame.safeParse(json);
  if (!body.success) return undefined;
  const { lastPage, result, groupName } = body.data;
  // UMAPI docs: the list of groups ends with this answer, which has no list.
  const isPastEnd = result?.toLowerCase() === "not found";
  if (!isPastEnd && result?.toLowerCase() !== "success") return undefined;
  const listed = body.data[list] ?? (isPastEnd || lastPage === true ? [] : undefined);
  const entries = z.array(entry).safeParse(listed);
  if (!entries.success) return undefined;
  const current = wholeNumber(headers.get("x-current-page"));
  const count = wholeNumber(headers.get("x-page-count"));
  return {
    entries: entries.data,
    ...(isPastEnd ? { lastPage: true } : lastPage === undefined ? {} : { lastPage }),
    ...(current === undefined ? {} : { current }),
    ...(count === undefined ? {} : { count }),
    ...(groupName === undefined ? {} : { groupName }),
  };
}

function wholeNumber(header: string | null): number | undefined {
  return header !== null && /^\d{1,9}$/.test(header) ? Number(header) : undefined;
}
