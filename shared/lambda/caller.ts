import type { APIGatewayProxyEventV2 } from "aws-lambda";
import * as z from "zod/mini";

/** AWS: an authorizer's own object holds null for what it does not know. */
const text = z.catch(z.optional(z.string()), undefined);
const authorizerSchema = z.object({
  iam: z.catch(z.optional(z.object({ userArn: text })), undefined),
  jwt: z.catch(z.optional(z.object({ claims: z.object({ sub: text, client_id: text }) })), undefined),
  lambda: z.catch(z.optional(z.object({ principalId: text })), undefined),
});

/** The caller as the API's authorizer names it: a role or user of AWS, or the subject of a token, or its client. */
export function callerOf({ requestContext }: APIGatewayProxyEventV2): string | undefined {
  const parsed = authorizerSchema.safeParse("authorizer" in requestContext ? requestContext.authorizer : undefined);
  if (!parsed.success) return undefined;
  const { iam, jwt, lambda } = parsed.data;
  return iam?.userArn ?? jwt?.claims.sub ?? jwt?.claims.client_id ?? lambda?.principalId;
}

const session = /^(arn:[^:]+:sts::\d+:assumed-role\/[^/]+)\/.+$/;

/**
 * Who hands operations in: the caller, of an assumed role without the session. A session's name differs from run to run,
 * while a key must stay its caller's, and it may be a person's email.
 */
export function submitterOf(event: APIGatewayProxyEventV2): string | undefined {
  return callerOf(event)?.replace(session, "$1");
}
