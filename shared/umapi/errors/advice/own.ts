import type { Advice } from "./advice.ts";

/** On the codes that are not Adobe's but given here, where Adobe named none. */
export const adviceOnOwnCodes = {
  adobe_failed: {
    explanation: "Adobe failed whenever it was sent this operation, while it answered others.",
    remedy:
      "It may have been applied all the same: look the user or group up in the Admin Console. If something is missing, retry, and ask Adobe's support if it fails again.",
    retryMayHelp: true,
  },
  unclear_result: {
    explanation: "Adobe reported that something was not completed, without saying what.",
    remedy:
      "It may have been applied all the same: look the user or group up in the Admin Console, and retry if something is missing.",
    retryMayHelp: true,
  },
  expired: {
    explanation: "The operation waited for its last possible day without being finished.",
    remedy:
      "Find out what held the queue up (its alarms, a refused credential), then retry while the change is still wanted.",
    retryMayHelp: true,
  },
  "error.request.refused": {
    explanation: "Adobe refused the request for this operation alone, and named no code.",
    remedy:
      "Compare the operation with Adobe's documentation. If it is right, the credential may be at fault: tell whoever runs this service, and retry once it is mended.",
    retryMayHelp: true,
  },
} satisfies Record<string, Advice>;

/** On codes that nobody has documented. */
export const adviceOnUnknownCodes: Advice = {
  explanation: "Adobe does not document this code; its message is all that is known.",
  remedy:
    "If what the message names is wrong with the operation, hand it in anew, corrected; if it is something else, mend that, then retry; or ask Adobe's support.",
  retryMayHelp: true,
};
