import * as z from "zod/mini";
import type { Functions } from "../lambda/functions.ts";
import type { LambdaFunction } from "../lambda/lambda-function.ts";
import { SetupError } from "../setup-error.ts";
import { amount, region, type Stack, urlSuffix } from "../stack.ts";
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

/** Whoever runs the service finds it at the port that is asked for. */
const submitRoute = "POST /v1/operations";

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
const domainProperties = z.object({ DomainName: z.string() });
const mappingProperties = z.object({ ApiId: z.string(), DomainName: z.string() });
const stageProperties = z.object({ ApiId: z.string(), StageName: z.string() });

/**
 * The stack's HTTP APIs. The first is the one that takes operations, if there is such a one.
 *
 * @throws {SetupError} if one is of another kind
 */
export function apisOf(stack: Stack): Resource[] {
  const apis = stack.read("AWS::ApiGatewayV2::Api", (api) => {
    const { ProtocolType } = stack.properties(api, apiProperties);
    if (ProtocolType === "HTTP") return api;
    throw new SetupError(`Resources.${api.logicalId}.Properties.ProtocolType: expected HTTP, found ${ProtocolType}`);
  });
  const takes = ({ logicalId }: Resource) =>
    stack.template.resources.some(
      ({ properties: { RouteKey, ApiId } }) =>
        RouteKey === submitRoute && JSON.stringify(ApiId) === JSON.stringify({ Ref: logicalId }),
    );
  return apis.toSorted((one, other) => Number(takes(other)) - Number(takes(one)));
}

/**
 * Defines an HTTP API in the stack's references, and where its addresses lead.
 *
 * @param endpoint the URL that it has here, without a slash at the end
 */
export function defineApi(stack: Stack, { logicalId }: Resource, endpoint: string, apiId: string): void {
  stack.define(logicalId, { ref: apiId, attributes: { ApiId: apiId, ApiEndpoint: endpoint } });
  stack.defineAddress(`https://${apiId}.execute-api.${region}.${urlSuffix}`, endpoint);
  for (const domain of stack.ofType("AWS::ApiGatewayV2::DomainName")) {
    const { DomainName } = stack.properties(domain, domainProperties);
    stack.define(domain.logicalId, { ref: DomainName, attributes: {} });
  }
  for (const mapping of stack.ofType("AWS::ApiGatewayV2::ApiMapping")) {
    const { ApiId, DomainName } = stack.properties(mapping, mappingProperties);
    if (ApiId === apiId) stack.defineAddress(`https://${DomainName}`, endpoint);
  }
}

/**
 * Reads routes, integrations and stages of an API.
 *
 * @throws {SetupError} if one is of a kind that is not supported here
 */
export function readApi(stack: Stack, apiId: string, functions: Functions): Api {
  const integrations = new Map(
    stack.read("AWS::ApiGatewayV2::Integration", (resource) => {
      stack.define(resource.logicalId, { ref: resource.logicalId, attributes: {} });
      const target: string = `integrations/${resource.logicalId}`;
      return [target, readIntegration(stack, resource, functions)] as const;
    }),
  );
  const routes = stack.read("AWS::ApiGatewayV2::Route", (resource) => {
    const { ApiId, RouteKey, Target } = stack.properties(resource, routeProperties);
    if (ApiId !== apiId) return [];
    const target = integrations.get(Target);
    if (!target) throw new SetupError(`Resources.${resource.logicalId}.Properties.Target: no integration ${Target}`);
    return [{ routeKey: RouteKey, target }];
  });
  const stages = stack.read("AWS::ApiGatewayV2::Stage", (resource) => {
    const { ApiId, StageName } = stack.properties(resource, stageProperties);
    return ApiId === apiId ? [StageName] : [];
  });
  return { apiId, routes: routes.flat(), stages: stages.flat() };
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
