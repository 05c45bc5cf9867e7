import { absent, alike, type ExplainedIn, forTheCompiler } from "./alike.ts";

export const submit: ExplainedIn = {
  "shared/submit/accept.ts": [
    ...alike(
      'function countFaults({ operations, at = "", faults = [] }: HandedIn): Fault[] {',
      "A text has no `pointer`, so it is not taken for a fault of the list.",
      '[] → ["Stryker was here"]',
    ),
  ],
  "shared/submit/batches.ts": [
    ...alike(
      "firsts.flatMap(({ messageId }) => messages[Number(messageId)] ?? []),",
      forTheCompiler,
      '[] → ["Stryker was here"]',
    ),
    ...alike(
      "batches.at(-1)?.push(message);",
      "The first message always begins a batch, so there is one.",
      "batches.at(-1)?.push → batches.at(-1).push",
    ),
  ],
  "shared/submit/submitter.ts": [
    ...alike(
      "const counted = removals.passed === 0 && removals.set === undefined ? {} : { removals };",
      "A call without removals has nothing to remember of them; its record is only smaller.",
      "removals.passed === 0 && removals.set === undefined → false",
    ),
    ...alike(
      "const lastDueAt = Math.max(0, ...operations.filter(isScheduled).map(({ notBefore = 0 }) => notBefore));",
      "What was due before its call was accepted does not lengthen how long the key is kept.",
      "operations.filter(isScheduled) → operations",
    ),
    ...alike(
      "const due = lastDueAt === 0 ? {} : { lastDueAt };",
      "0 is before every call, and does not lengthen how long the key is kept.",
      "lastDueAt === 0 → false",
    ),
    ...alike(
      "const row = { ...newRow(operation), ...(place === undefined ? {} : { place }) };",
      absent,
      "place === undefined → false",
    ),
    ...alike(
      "return operation.notBefore !== undefined && operation.notBefore > operation.acceptedAt;",
      "An undefined time is not later than any other; the condition is for the compiler.",
      "operation.notBefore !== undefined → true",
    ),
    ...alike("...(submittedBy === undefined ? {} : { submittedBy }),", absent, "submittedBy === undefined → false"),
    ...alike("...(dueAt === undefined ? {} : { notBefore: dueAt }),", absent, "dueAt === undefined → false"),
  ],
};
