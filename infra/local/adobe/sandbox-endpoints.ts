import { sandboxEndpoints } from "./endpoints.ts";
import { parseFaults } from "./fault-input.ts";
import type { Faults } from "./faults.ts";
import { groupViewWithDescription } from "./group-view.ts";
import type { HrRecords } from "./hr-records.ts";
import { InputError } from "./input-error.ts";
import type { Organisation } from "./organisation.ts";
import { type AdobeRequest, type HttpReply, json } from "./reply.ts";
import type { RequestRecord } from "./request-record.ts";
import { userViewWithGroups } from "./user-view.ts";

/** The parts that `/_sandbox/…` shows and changes, so that tests can look inside and cause faults. */
export interface SandboxParts {
  readonly records: readonly RequestRecord[];
  readonly organisation: Organisation;
  readonly faults: Faults;
  readonly hrRecords: HrRecords;
  readonly reset: () => void;
}

/**
 * Answers `/_sandbox/…`; needs no authorisation and is not recorded. A form of a web page cannot send JSON, and so cannot
 * change anything here.
 */
export function answerSandbox(request: AdobeRequest, pathname: string, parts: SandboxParts): HttpReply {
  if (request.method === "POST" && !isJson(request.headers["content-type"])) {
    return json(415, {
      error: "A POST must be JSON: send it with the header Content-Type: application/json.",
    });
  }
  switch (`${request.method} ${pathname}`) {
    case "GET /_sandbox/requests":
      return json(200, parts.records);
    case "GET /_sandbox/users":
      return json(200, parts.organisation.users.all().map(userViewWithGroups));
    case "GET /_sandbox/groups":
      return json(200, parts.organisation.groups.all().map(groupViewWithDescription));
    case "GET /_sandbox/faults":
      return json(200, parts.faults.entries());
    case "POST /_sandbox/faults":
      return replaceFaults(request, parts.faults);
    case "POST /_sandbox/records":
      return setRecord(request, parts.hrRecords);
    case "POST /_sandbox/reset":
      parts.reset();
      return json(200, { reset: true });
    default:
      return json(404, {
        error: `No such endpoint: ${request.method} ${pathname}`,
        endpoints: sandboxEndpoints,
      });
  }
}

function isJson(contentType = ""): boolean {
  return /^application\/json\s*(;|$)/i.test(contentType.trim());
}

function replaceFaults(request: AdobeRequest, faults: Faults): HttpReply {
  return changed(request, (input) => {
    const list = parseFaults(input);
    faults.replace(list);
    return { faults: list.length };
  });
}

function setRecord(request: AdobeRequest, hrRecords: HrRecords): HttpReply {
  return changed(request, (input) => {
    hrRecords.set(input);
    return { set: true };
  });
}

/** @param change throws `InputError` if the input cannot be understood */
function changed(request: AdobeRequest, change: (input: unknown) => object): HttpReply {
  let input: unknown;
  try {
    input = JSON.parse(request.body.toString());
  } catch {
    return json(400, { error: "The request body is not JSON" });
  }
  try {
    return json(200, change(input));
  } catch (refusal) {
    if (!(refusal instanceof InputError)) throw refusal;
    return json(400, { error: refusal.message });
  }
}
