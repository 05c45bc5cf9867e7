import { type NetworkFault, withFault } from "../http/network-fault.ts";
import type { Block } from "../pacing/lane.ts";

/** The ways in which a read can fail; switch on `code`, which is stable. */
export type ReadFailure =
  /** The read may not go out before `until` (milliseconds since the epoch), which is later than the caller waits. */
  | { readonly code: "wait-too-long"; readonly until: number; readonly reason: ReadWaitReason }
  /**
   * Four attempts in a row got a 5xx, an unreadable answer, no answer in time, or no token. `status` is that of the
   * last one.
   */
  | { readonly code: "adobe-unavailable"; readonly status?: number; readonly fault?: NetworkFault }
  /** Adobe refuses the credential: it gives no token, or answers 401 to a new token, or 403. */
  | { readonly code: "credentials-refused"; readonly status?: number; readonly adobeCode?: string }
  /** The secret could not be read, or its content is unusable. */
  | { readonly code: "credentials-unreadable" }
  /** Adobe refuses the read itself. */
  | { readonly code: "read-refused"; readonly status: number; readonly adobeCode?: string }
  | { readonly code: "group-not-found" }
  /** Adobe says that there are more pages and repeats one. What follows was not read. */
  | { readonly code: "page-repeated" }
  /** Adobe listed another group's members. None of them were returned. */
  | { readonly code: "another-group" }
  /** The name cannot be a part of a path: empty, `.`, `..`, or with characters that have no UTF-8 form. */
  | { readonly code: "unusable-name" };

export type ReadWaitReason = Block["reason"] | "budget";

/** Why a read failed. The message names no person. */
export class ReadError extends Error {
  override readonly name = "ReadError";
  readonly code: ReadFailure["code"];
  readonly failure: ReadFailure;
  /** In a listing, the page that failed, from 0. Every entry of the pages before was returned. */
  readonly page: number | undefined;

  constructor(failure: ReadFailure, { page, cause }: { page?: number | undefined; cause?: unknown } = {}) {
    super(page === undefined ? messageOf(failure) : `${messageOf(failure)} This happened at page ${page}.`, { cause });
    this.code = failure.code;
    this.failure = failure;
    this.page = page;
  }
}

function messageOf(failure: ReadFailure): string {
  switch (failure.code) {
    case "wait-too-long":
      return `Adobe may not be asked before ${new Date(failure.until).toISOString()} (${failure.reason}). Read again then.`;
    case "adobe-unavailable":
      return failure.fault === undefined
        ? `Adobe gave no usable answer${ofStatus(failure)} in four attempts. Read again later.`
        : withFault("Adobe gave no answer in four attempts", failure.fault);
    case "credentials-refused":
      return `Adobe refused the credentials${ofStatus(failure)}. Check the secret and the integration's permissions.`;
    case "credentials-unreadable":
      return "The credentials cannot be read. Check the secret, and who may read it.";
    case "read-refused":
      return `Adobe refused the request${ofStatus(failure)}.`;
    case "group-not-found":
      return "Adobe knows no group or profile of that name.";
    case "page-repeated":
      return "Adobe repeated a page while it said that there are more. Read the list again.";
    case "another-group":
      return "Adobe listed the members of a group of another name.";
    case "unusable-name":
      return "The name cannot be part of a URL: expected text that is neither empty nor one or two dots.";
  }
}

function ofStatus({ status, adobeCode }: { status?: number; adobeCode?: string }): string {
  const said = [status, adobeCode].filter((each) => each !== undefined).join(" ");
  return said === "" ? "" : ` (${said})`;
}
