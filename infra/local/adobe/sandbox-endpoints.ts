import { FaultInputError, parseFaults } from "./fault-input.ts";
import type { Faults } from "./faults.ts";
import { groupViewWithDescription } from "./group-view.ts";
import type { Organisation } from "./organisation.ts";
import { type AdobeRequest, type HttpReply, json } from "./reply.ts";
import type { RequestRecord } from "./request-record.ts";
import { userViewWithGroups } from "./user-view.ts";

/** What stands behind `/_sandbox/…`: the way for tests to look in and to ask for trouble. */
export interface SandboxParts {
  readonly records: readonly RequestRecord[];
  readonly organisation: Organisation;
  readonly faults: Faults;
  readonly reset: () => void;
}

/** Answers `/_sandbox/…`; needs no authorisation and is not recorded. */
export function answerSandbox(request: AdobeRequest, pathname: string, parts: SandboxParts): HttpReply {
  switch (`${request.method} ${pathname}`) {
    case "GET /_sandbox/requests":
      return json(200, parts.records);
    case "GET /_sandbox/users":
      return json(200, parts.organisation.users.all().map(userViewWithGroups));
    case "GET /_sandbox/groups":
      return json(200, parts.organisation.groups.all().map(groupViewWithDescription));
    case "POST /_sandbox/faults":
      return replaceFaults(request, parts.faults);
    case "POST /_sandbox/reset":
      parts.reset();
      return json(200, { reset: true });
    default:
      return json(404, {
        error: `No such endpoint: ${request.method} ${pathname}`,
        endpoints: ["GET requests", "GET users", "GET groups", "POST faults", "POST reset"].map((each) =>
          each.replace(" ", " /_sandbox/"),
        ),
      });
  }
}

function replaceFaults(request: AdobeRequest, faults: Faults): HttpReply {
  let input: unknown;
  try {
    input = JSON.parse(request.body.toString());
  } catch {
    return json(400, { error: "The request body is not JSON" });
  }
  try {
    const list = parseFaults(input);
    faults.replace(list);
    return json(200, { faults: list.length });
  } catch (refusal) {
    if (!(refusal instanceof FaultInputError)) throw refusal;
    return json(400, { error: refusal.message });
  }
}
