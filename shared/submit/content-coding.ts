/** A body as API Gateway passes it to a Lambda. */
export interface EncodedBody {
  readonly body: string | undefined;
  readonly isBase64Encoded: boolean;
}

/**
 * Registered codings (IANA, HTTP Content Coding Registry). Answers name only these, because another one could be any
 * text.
 */
const named = new Set(["gzip", "x-gzip", "br", "deflate", "zstd", "compress", "x-compress"]);

/**
 * How compressed bodies start. API Gateway passes text on decoded, so U+FFFD stands for a byte that is not UTF-8. JSON
 * never starts in this way.
 */
const starts: readonly (readonly [coding: string, ...starts: string[]])[] = [
  ["gzip", "\x1f\ufffd"],
  ["deflate", "x\x01", "x^", "x\ufffd"],
  ["zstd", "(\ufffd/\ufffd"],
  ["zip", "PK\x03\x04"],
];

/**
 * The coding that a body is compressed with, by its `Content-Encoding` or by its first bytes; undefined if there is
 * none. The text may be part of an answer, because it never comes from the caller.
 */
export function contentCoding(contentEncoding: string | undefined, encoded: EncodedBody): string | undefined {
  const codings = (contentEncoding ?? "")
    .toLowerCase()
    .split(",")
    .map((coding) => coding.trim());
  const applied = codings.find((coding) => coding !== "" && coding !== "identity");
  if (applied !== undefined) return named.has(applied) ? applied : "an encoding that is not known here";
  const first = firstCharacters(encoded);
  return starts.find(([, ...its]) => its.some((start) => first.startsWith(start)))?.[0];
}

function firstCharacters({ body = "", isBase64Encoded }: EncodedBody): string {
  const start = body.slice(0, 8);
  return isBase64Encoded ? Buffer.from(start, "base64").toString("utf8") : start;
}
