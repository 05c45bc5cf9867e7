import { type Problem, problem } from "../api/problem.ts";
import { maxBodyBytes } from "../operation/limits.ts";
import { type DescribedBody, unsupportedContent } from "./unsupported-content.ts";

/**
 * The text of a body that may be JSON in UTF-8, without a byte order mark (RFC 8259, section 8.1: a reader may ignore
 * one). Bytes that are not UTF-8 become U+FFFD, as in bodies that API Gateway decodes itself.
 */
export function bodyText(
  request: DescribedBody,
): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: Problem } {
  const unsupported = unsupportedContent(request);
  if (unsupported !== undefined) return { ok: false, problem: unsupported };
  const bytes = Buffer.from(request.body ?? "", request.isBase64Encoded ? "base64" : "utf8");
  if (bytes.length === 0)
    return { ok: false, problem: problem("malformed", "The body is empty; send one command, or a list of commands.") };
  if (bytes.length > maxBodyBytes)
    return {
      ok: false,
      problem: problem(
        "too-large",
        `The body has ${bytes.length} bytes; a request may have ${maxBodyBytes}. Send the operations in several requests.`,
      ),
    };
  return { ok: true, text: new TextDecoder().decode(bytes) };
}
