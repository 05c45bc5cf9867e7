import type { AdobeCode } from "../code-rules.ts";
import { type Advice, retryLater } from "./advice.ts";

const organisation: Advice = {
  explanation: "Adobe does not know the organisation, or this credential is not for it.",
  remedy: "Compare orgId in the credentials secret with Adobe's Developer Console, correct it, then retry.",
  retryMayHelp: true,
};

/** A fault inside Adobe whose message says no more. */
export const internalFault: Advice = {
  explanation: "Something failed inside Adobe, at several attempts.",
  remedy: `${retryLater} If it fails again, look the user or group up in the Admin Console and ask Adobe's support.`,
  retryMayHelp: true,
};

/** An internal fault whose message has `FIELD_…`. */
export const internalFieldRule: Advice = {
  explanation: "A field of the account breaks a rule of Adobe's, often a blank last name; the message says which.",
  remedy: "Correct the field at the source and submit the operation again.",
};

/** An internal fault whose message has `NOT_ALLOWED`. */
export const internalNotAllowed: Advice = {
  explanation: "Adobe forbids this change, most often because the directory is synced from Entra or Google.",
  remedy: "Make the change where the directory is synced from, or end the sync in the Admin Console and retry.",
  retryMayHelp: true,
};

export const adviceOnService = {
  "error.organization.invalid_id": organisation,
  "error.organization.invalid_name": organisation,
  "error.organization.migrating": {
    explanation: "Adobe is migrating the organisation, and nothing in it can change until that ends.",
    remedy: "Retry the operation when Adobe has finished.",
    retryMayHelp: true,
  },
  "error.apikey.invalid": {
    explanation: "Adobe does not accept the credential's client id.",
    remedy: "Compare clientId in the credentials secret with Adobe's Developer Console, correct it, then retry.",
    retryMayHelp: true,
  },
  "error.api.not_available": {
    explanation: "A part of Adobe's service was not available, at several attempts.",
    remedy: retryLater,
    retryMayHelp: true,
  },
  "error.throttled_by_external_service": {
    explanation: "A service that Adobe uses was too busy.",
    remedy: "Do nothing: the operation waits and is sent again by itself; this alone never fails it.",
  },
  "error.internal.create_failed": internalFault,
  "error.internal.update_failed": internalFault,
  "error.internal.removefromorg": internalFault,
  "error.internal.add": internalFault,
  "error.internal.group.remove": internalFault,
  "error.internal.exceptionflys": internalFault,
  "error.internal.everybody_group.not_found": internalFault,
} satisfies Partial<Record<AdobeCode, Advice>>;
