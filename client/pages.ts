import type * as z from "zod/mini";
import type { Exchange, Route, Sent } from "./exchange.ts";

/** The most that the API gives at once. */
const pageSize = 200;

/** The pages of a listing, one after the other. A page is asked for when the one before is used up. */
export async function* pagesOf<Page extends { readonly cursor?: string }>(
  exchange: Exchange,
  route: Route<z.ZodMiniType<Page>>,
  { query, signal }: Pick<Sent, "query" | "signal">,
): AsyncGenerator<Page, void, undefined> {
  let cursor: string | undefined;
  do {
    const asked = { ...query, limit: String(pageSize), cursor };
    const { answer } = await exchange.ask(route, { query: asked, signal });
    yield answer;
    cursor = answer.cursor;
  } while (cursor !== undefined);
}
