import { type Problem, problem } from "../api/problem.ts";
import { contentCoding, type EncodedBody } from "./content-coding.ts";
import { mediaTypeFlaw } from "./media-type.ts";
import { sendUtf8 } from "./not-utf8.ts";

/** The headers of an HTTP request that describe its body, and the body. */
export interface DescribedBody extends EncodedBody {
  readonly contentType: string | undefined;
  readonly contentEncoding?: string | undefined;
}

/** Why a body is not read at all; undefined if its headers and its first bytes do not speak against JSON in UTF-8. */
export function unsupportedContent(request: DescribedBody): Problem | undefined {
  const coding = contentCoding(request.contentEncoding, request);
  if (coding !== undefined)
    return refusal(`The body is compressed with ${coding}. Send it as plain JSON, without Content-Encoding.`);
  switch (mediaTypeFlaw(request.contentType)) {
    case "not-json":
      return refusal("Send the operations as application/json in UTF-8, and say so in Content-Type.");
    case "charset":
      return refusal(`The Content-Type names a charset that is not UTF-8: ${sendUtf8}.`);
    case undefined:
      return undefined;
  }
}

const refusal = (detail: string) => problem("unsupported-media-type", detail);
