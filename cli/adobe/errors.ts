import { ReadError } from "../../shared/umapi/reads/read-error.ts";
import { CommandError } from "../errors.ts";

/** What Adobe refuses or fails at, for the user; anything else as it is. */
export function commandErrorOf(error: unknown): unknown {
  return error instanceof ReadError ? new CommandError(error.message, { cause: error }) : error;
}

/** The same items; they end with a `CommandError` where Adobe refuses or fails. */
export async function* adobeErrors<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item, void, undefined> {
  try {
    yield* items;
  } catch (error) {
    throw commandErrorOf(error);
  }
}
