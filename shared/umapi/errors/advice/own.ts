import type { Advice } from "./advice.ts";

/** Advice on the codes that this service gives if Adobe named none. */
export const adviceOnOwnCodes = {
  adobe_failed: {
    explanation: "Adobe failed every time this operation was sent, while it answered others.",
    remedy:
      "The operation may have been applied all the same: look the user or group up in the Admin Console. If something is missing, retry, and ask Adobe's support if it fails again.",
    retryMayHelp: true,
  },
  unclear_result: {
    explanation: "Adobe reported that something was not completed, without saying what.",
    remedy:
      "The operation may have been applied all the same: look the user or group up in the Admin Console, and retry if something is missing.",
    retryMayHelp: true,
  },
  account_deletion_not_allowed: {
    explanation: "The operation would destroy the account and its assets for good, which this stack does not allow.",
    remedy:
      "Hand it in anew without deleteAccount to keep the account. If it is to be destroyed, let the stack be deployed with allowAccountDeletion, then retry.",
    retryMayHelp: true,
  },
  expired: {
    explanation: "The operation did not finish before the last day on which it could wait.",
    remedy:
      "Find out what held the queue up (see the alarms; a refused credential does), then retry if the change is still wanted.",
    retryMayHelp: true,
  },
  "error.request.refused": {
    explanation: "Adobe refused the request for this operation alone, and named no code.",
    remedy:
      "Compare the operation with Adobe's documentation. If it is right, the credential may be at fault: tell the people who run this service, and retry once it is mended.",
    retryMayHelp: true,
  },
} satisfies Record<string, Advice>;

/** Advice on codes that Adobe does not document. */
export const adviceOnUnknownCodes: Advice = {
  explanation: "Adobe does not document this code; its message is all that is known.",
  remedy:
    "If the message names a mistake in the operation, submit it again, corrected; if it names something else, mend that, then retry; or ask Adobe's support.",
  retryMayHelp: true,
};
