/** AWS: Lambda's API is REST: method and path name the action, where other services use `X-Amz-Target`. */
const mappings = /^\/2015-03-31\/event-source-mappings(?:\/([^/?]*))?$/;

export interface RestRequest {
  readonly method: string;
  readonly path: string;
  /** JSON, where the action takes any. */
  readonly body: string;
}

/** Whether a path belongs to Lambda's API. */
export const isLambdaPath = (path: string): boolean => path.startsWith("/2015-03-31/");

/**
 * The action that a request to Lambda's API means, with its input; "" for one that the model does not have.
 *
 * @throws SyntaxError if its body is not JSON
 */
export function lambdaAction({ method, path, body }: RestRequest): { action: string; input: unknown } {
  const match = mappings.exec(path);
  if (match === null) return { action: "", input: undefined };
  const [, id = ""] = match;
  if (method === "POST" && id === "") return { action: "CreateEventSourceMapping", input: JSON.parse(body) };
  if (method === "GET" && id !== "")
    return { action: "GetEventSourceMapping", input: { UUID: decodeURIComponent(id) } };
  return { action: "", input: undefined };
}
