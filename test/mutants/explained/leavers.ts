import { absent, alike, type ExplainedIn, hasSteps } from "./alike.ts";

export const leavers: ExplainedIn = {
  "shared/leavers/leaver.ts": [
    ...alike(
      'if (testOnly || removalSet !== undefined || !("user" in command) || only === undefined || others.length > 0)',
      hasSteps,
      "only === undefined → false",
    ),
  ],
  "shared/leavers/once-more.ts": [
    ...alike("...(submittedBy === undefined ? {} : { submittedBy }),", absent, "submittedBy === undefined → false"),
  ],
  "shared/leavers/standing.ts": [
    ...alike(
      'if (!("user" in command) || command.domain !== undefined || command.useAdobeID === true) return "";',
      "No list names a user so either.",
      '"" → "Stryker was here!"',
    ),
  ],
};
