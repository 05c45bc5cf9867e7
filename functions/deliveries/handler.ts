import type { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { formatCursor, placeIn } from "../../shared/api/cursor.ts";
import { problem, problemResponse } from "../../shared/api/problem.ts";
import { deliveriesQuerySchema } from "../../shared/api/queries.ts";
import { routeKey } from "../../shared/api/routes.ts";
import { seedBodySchema } from "../../shared/api/seed-body.ts";
import type { DeliveryRetrier } from "../../shared/deliveries/delivery-retrier.ts";
import type { DeliveryStore } from "../../shared/deliveries/delivery-store-dynamo.ts";
import { viewOfDelivery } from "../../shared/deliveries/delivery-view.ts";
import type { Seeder } from "../../shared/deliveries/seeder.ts";
import { parseJson } from "../../shared/http/parse-json.ts";
import { answer, describedBody, httpApiHandler } from "../../shared/lambda/http-api.ts";
import { bodyText } from "../../shared/submit/body-text.ts";

export interface DeliveriesServices {
  readonly store: DeliveryStore;
  readonly retrier: DeliveryRetrier;
  readonly seeder: Seeder;
  readonly isSource: (name: string) => Promise<boolean>;
}

const defaultLimit = 50;

/** `GET /v1/deliveries`, `POST /v1/deliveries/{id}/retry` and `POST /v1/webhooks/{source}/people`. */
export function deliveriesHandler(services: DeliveriesServices, logger: Logger) {
  return httpApiHandler(logger, async (event) => {
    const { routeKey: asked, pathParameters = {}, queryStringParameters = {} } = event;
    if (asked === routeKey("deliveries")) return await list(services, queryStringParameters);
    if (Object.keys(queryStringParameters).length > 0)
      return problemResponse(problem("malformed", "This takes no query parameters."));
    if (asked === routeKey("retryDelivery")) return await retry(services, pathParameters["id"] ?? "");
    return await seed(services, pathParameters["source"] ?? "", event);
  });
}

async function list({ store }: DeliveriesServices, given: Readonly<Record<string, string | undefined>>) {
  const query = deliveriesQuerySchema.safeParse(given).data;
  if (query === undefined) {
    const detail =
      "The query cannot be read: it may have source (a name), status (queued, submitted, nothing, incomplete, failed or set-up), limit (1 to 200), and cursor (that of the page before, unchanged).";
    return problemResponse(problem("malformed", detail));
  }
  const { limit = String(defaultLimit), cursor, ...filter } = query;
  const before = cursor === undefined ? undefined : placeIn(cursor);
  const page = await store.page(filter, Number(limit), before);
  return answer("deliveries", {
    deliveries: page.deliveries.map(viewOfDelivery),
    ...(page.cursor !== undefined && { cursor: formatCursor(page.cursor) }),
  });
}

async function retry({ retrier }: DeliveriesServices, id: string) {
  switch (await retrier.retry(id)) {
    case "queued":
      return answer("retryDelivery", { id, status: "queued" });
    case "not-found":
      return problemResponse(problem("not-found", "There is no delivery with this id, or it is no longer kept."));
    case "not-to-retry":
      return problemResponse(
        problem("not-to-retry", "Only a delivery that has failed, or is incomplete, can be retried."),
      );
    case "not-queued":
      return problemResponse(problem("not-all-queued", "The queue did not take the delivery. Try it again."));
  }
}

async function seed(services: DeliveriesServices, source: string, event: APIGatewayProxyEventV2) {
  const text = bodyText(describedBody(event));
  if (!text.ok) return problemResponse(text.problem);
  const parsed = seedBodySchema.safeParse(parseJson(text.text)).data;
  if (parsed === undefined) {
    const detail =
      'The body must be {"people": [{"record", "email"?, "username"?, "domain"?}, …]}, 1 to 500, each with an email or a username.';
    return problemResponse(problem("malformed", detail));
  }
  if (!(await services.isSource(source)))
    return problemResponse(problem("not-found", "There is no such source of webhooks."));
  return answer("seed", await services.seeder.seed(source, parsed.people));
}
