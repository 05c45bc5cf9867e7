import { contract } from "../../../shared/api/contract.ts";
import { type ProblemKind, problem } from "../../../shared/api/problem.ts";
import { type RouteName, routes } from "../../../shared/api/routes.ts";
import { examples } from "./examples/examples.ts";
import { routeWords } from "./route-words.ts";
import { componentOf, refTo } from "./schemas.ts";

/** What API Gateway answers itself, whatever the route. */
const gateway: Readonly<Record<number, { readonly id: string; readonly about: string }>> = {
  401: { id: "NoToken", about: "There is no valid token, where the API asks for one." },
  403: { id: "Forbidden", about: "The caller may not call this route." },
  413: { id: "TooLarge", about: "The request has more than 10 MB." },
  429: { id: "TooMany", about: "There are too many requests at once: try again later." },
  500: { id: "Failed", about: "The request failed here." },
  503: { id: "TookTooLong", about: "The answer took too long: try again later." },
};

/** `components.responses` of the description. */
export function componentResponses(): Readonly<Record<string, object>> {
  return Object.fromEntries(
    Object.values(gateway).map(({ id, about }) => [
      id,
      { description: about, headers: requestId, content: { "application/json": message } },
    ]),
  );
}

const message = { schema: { $ref: refTo("GatewayMessage") } };

const requestId = { "Apigw-Requestid": { $ref: "#/components/headers/RequestId" } };

/** Every answer of a route, by its status. */
export function responsesOf(name: RouteName): Readonly<Record<string, object>> {
  const { status } = routes[name];
  const kinds = Map.groupBy(contract[name].problems, (kind) => problem(kind, "").status);
  const refused = [...new Set([...kinds.keys(), ...Object.keys(gateway).map(Number)])].toSorted((a, b) => a - b);
  return {
    [status]: {
      description: routeWords[name].answer,
      headers: {
        ...requestId,
        ...(contract[name].isKeyed && { "Idempotency-Replayed": { $ref: "#/components/headers/IdempotencyReplayed" } }),
      },
      content: { "application/json": { schema: componentOf(routes[name].answer), ...examplesOf(name, status) } },
    },
    ...Object.fromEntries(refused.map((each) => [each, refusal(name, each, kinds.get(each))])),
  };
}

function refusal(name: RouteName, status: number, kinds: readonly ProblemKind[] | undefined): object {
  const itself = gateway[status];
  if (kinds === undefined) return { $ref: `#/components/responses/${itself?.id}` };
  const told = kinds.map((kind) => problem(kind, ""));
  const titles = told.map(({ title }) => `${title}.`);
  return {
    description: [...new Set([...titles, ...(itself === undefined ? [] : [itself.about])])].join(" "),
    headers: {
      ...requestId,
      ...(kinds.some((kind) => kind === "still-running" || kind === "in-flight") && {
        "Retry-After": { $ref: "#/components/headers/RetryAfter" },
      }),
    },
    content: {
      "application/problem+json": {
        schema: {
          $ref: refTo("Problem"),
          properties: { type: { enum: told.map(({ type }) => type) }, status: { const: status } },
        },
        ...examplesOf(name, status),
      },
      ...(itself !== undefined && { "application/json": message }),
    },
  };
}

function examplesOf(name: RouteName, status: number): object {
  const told = examples[name].filter((example) => example.status === status);
  if (told.length === 0) return {};
  return {
    examples: Object.fromEntries(told.map(({ name, summary, answer }) => [name, { summary, value: answer }])),
  };
}
