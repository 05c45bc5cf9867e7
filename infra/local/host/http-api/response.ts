import * as z from "zod/mini";

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: string | Buffer;
}

const headerName = z.string().check(z.regex(/^[\w!#$%&'*+.^`|~-]+$/));
const headerValue = z.union([z.string().check(z.regex(/^[\t\x20-\x7e\x80-\xff]*$/)), z.number(), z.boolean()]);
const formatted = z.object({
  statusCode: z.coerce.number().check(z.int(), z.gte(200), z.lte(599)),
  headers: z.nullish(z.record(headerName, headerValue)),
  cookies: z.nullish(z.array(z.string())),
  body: z.nullish(z.string()),
  isBase64Encoded: z.nullish(z.boolean()),
});

/**
 * The HTTP response for a function's answer, payload format 2.0. AWS: an answer without `statusCode` is the body of a
 * 200 in JSON.
 *
 * @returns undefined if the answer has a `statusCode` and is not in the format, which API Gateway answers with 500
 */
export function translateResponse(answer: unknown): HttpResponse | undefined {
  if (typeof answer !== "object" || answer === null || !("statusCode" in answer)) {
    const body = typeof answer === "string" ? answer : JSON.stringify(answer);
    return { status: 200, headers: { "content-type": "application/json" }, cookies: [], body };
  }
  const parsed = formatted.safeParse(answer);
  if (!parsed.success) return undefined;
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data;
  const lowerCased = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return {
    status: statusCode,
    headers: { "content-type": "text/plain;charset=UTF-8", ...Object.fromEntries(lowerCased) },
    cookies: cookies ?? [],
    body: isBase64Encoded ? Buffer.from(body ?? "", "base64") : (body ?? ""),
  };
}

export function jsonResponse(status: number, value: unknown): HttpResponse {
  return { status, headers: { "content-type": "application/json" }, cookies: [], body: JSON.stringify(value) };
}

/** An answer of API Gateway itself, for example `{"message":"Not Found"}`. */
export function gatewayResponse(status: number, message: string): HttpResponse {
  return jsonResponse(status, { message });
}
