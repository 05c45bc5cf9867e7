import type { AdobeRequest } from "./reply.ts";

/**
 * The fields of a token request: query string, form-encoded body or multipart body, where the body overrides the query.
 * An unreadable body has no fields.
 */
export async function formFields(request: AdobeRequest, query: URLSearchParams): Promise<Map<string, string>> {
  const type = (request.headers["content-type"] ?? "").toLowerCase();
  const fields = new Map(query);
  if (type.startsWith("application/x-www-form-urlencoded")) {
    for (const [name, value] of new URLSearchParams(request.body.toString())) fields.set(name, value);
  }
  if (type.startsWith("multipart/form-data")) {
    for (const [name, value] of await multipart(request)) fields.set(name, value);
  }
  return fields;
}

async function multipart(request: AdobeRequest): Promise<[string, string][]> {
  const headers = { "content-type": request.headers["content-type"] ?? "" };
  try {
    const data = await new Response(new Uint8Array(Buffer.from(request.body)), { headers }).formData();
    return [...data].flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []));
  } catch {
    return [];
  }
}
