import * as z from "zod/mini";
import type { Functions } from "../lambda/functions.ts";
import type { LambdaFunction } from "../lambda/lambda-function.ts";
import { SetupError } from "../setup-error.ts";
import { amount, type Stack } from "../stack.ts";
import type { Resource } from "../template.ts";
import type { Route } from "./routes.ts";

export interface Integration {
  readonly function: LambdaFunction;
  /** After this time the caller gets a 503; the function goes on. */
  readonly timeoutMs: number;
}

export interface Api {
  readonly apiId: string;
  readonly routes: readonly Route<Integration>[];
  /** Names of its stages. In a path, `$default` has no prefix, and every other stage has its name. */
  readonly stages: readonly string[];
}

const apiId = "local";

const apiProperties = z.object({ ProtocolType: z.optional(z.string()) });
const routeProperties = z.object({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string(),
});
const integrationProperties = z.object({
  IntegrationType: z.string(),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.optional(z.string()),
  TimeoutInMillis: z._default(amount, 30_000),
});
const stageProperties = z.object({ ApiId: z.string(), StageName: z.string() });

/**
 * Defines the stack's HTTP API in the stack's references, if it has one.
 *
 * @param endpoint the URL that it will have, without a slash at the end
 * @throws {SetupError} if there are several, or one of another kind
 */
export function defineApi(stack: Stack, endpoint: string): void {
  const [api, another] = stack.ofType("AWS::ApiGatewayV2::Api");
  if (another)
    throw new SetupError(`Resources.${another.logicalId}: the local host runs one HTTP API, and there are more`);
  if (!api) return;
  const { ProtocolType } = stack.properties(api, apiProperties);
  if (ProtocolType !== "HTTP") {
    throw new SetupError(`Resources.${api.logicalId}.Properties.ProtocolType: expected HTTP, found ${ProtocolType}`);
  }
  stack.define(api.logicalId, { ref: apiId, attributes: { ApiId: apiId, ApiEndpoint: endpoint } });
}

/**
 * Reads routes, integrations and stages of the API. A stack without an API has none of them.
 *
 * @throws {SetupError} if one is of a kind that is not supported here
 */
export function readApi(stack: Stack, functions: Functions): Api {
  const integrations = new Map(
    stack.ofType("AWS::ApiGatewayV2::Integration").map((resource) => {
      stack.define(resource.logicalId, { ref: resource.logicalId, attributes: {} });
      const target: string = `integrations/${resource.logicalId}`;
      return [target, readIntegration(stack, resource, functions)] as const;
    }),
  );
  const routes = stack.ofType("AWS::ApiGatewayV2::Route").map((resource) => {
    const { RouteKey, Target } = stack.properties(resource, routeProperties);
    const target = integrations.get(Target);
    if (!target) throw new SetupError(`Resources.${resource.logicalId}.Properties.Target: no integration ${Target}`);
    return { routeKey: RouteKey, target };
  });
  return {
    apiId,
    routes,
    stages: stack
      .ofType("AWS::ApiGatewayV2::Stage")
      .map((resource) => stack.properties(resource, stageProperties).StageName),
  };
}

function readIntegration(stack: Stack, resource: Resource, functions: Functions): Integration {
  const where = `Resources.${resource.logicalId}.Properties`;
  const properties = stack.properties(resource, integrationProperties);
  if (properties.IntegrationType !== "AWS_PROXY" || properties.PayloadFormatVersion !== "2.0") {
    throw new SetupError(
      `${where}: the local host runs AWS_PROXY with payload format 2.0, found ${properties.IntegrationType} with ${properties.PayloadFormatVersion}`,
    );
  }
  return {
    function: functions.find(properties.IntegrationUri, `${where}.IntegrationUri`),
    timeoutMs: properties.TimeoutInMillis,
  };
}
