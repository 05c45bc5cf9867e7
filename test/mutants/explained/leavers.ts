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
      'const rows = [...leavers.values()].filter((row) => row !== "unreadable");',
      "The condition is for the compiler alone: what cannot be read has no status, so it has not gone, and whoever finds it waits.",
      '[...leavers.values()].filter((row) => row !== "unreadable") → [...leavers.values()]',
      'row !== "unreadable" → true',
      '"unreadable" → ""',
    ),
    ...alike(
      'if (!("user" in command) || command.domain !== undefined || command.useAdobeID === true) return "";',
      "No list names a user so either.",
      '"" → "Stryker was here!"',
    ),
  ],
};
