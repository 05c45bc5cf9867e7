import { alike, type ExplainedIn, hasSteps } from "./alike.ts";

export const ledger: ExplainedIn = {
  "shared/ledger/row.ts": [
    ...alike(
      'return row !== undefined && (row === "unreadable" || row.erasedAt === undefined);',
      "A text has no `erasedAt` either; the condition is for the compiler.",
      'row === "unreadable" → false',
      '"unreadable" → ""',
    ),
    ...alike(
      "const [first] = row?.operation.command.do ?? [];",
      "Without a row the next line returns false, whatever stands here.",
      '[] → ["Stryker was here"]',
    ),
    ...alike(
      "if (row === undefined || first === undefined) return false;",
      "Without a row there is no first step either.",
      "row === undefined → false",
    ),
    ...alike(
      "return place === undefined || (row.place !== undefined && row.place <= place) ? row : { ...row, place };",
      "An undefined place is not less than any other.",
      "row.place !== undefined → true",
    ),
    ...alike(
      'error?.step === 0 && first !== undefined && factsOf(operation.command, first).kind === "create";',
      hasSteps,
      "first !== undefined → true",
    ),
  ],
};
