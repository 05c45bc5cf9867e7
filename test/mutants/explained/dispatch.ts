import { absent, alike, type ExplainedIn, forTheCompiler, hasSteps } from "./alike.ts";

const hasRow = "Every operation that a batch sends or parks has a row in it.";
const hasNextUnlessLeftOut = "What is not finished has a next slice, unless its lists leave all users out.";
const isRename = "An error means `renamed` only at a step with a rename.";

export const dispatch: ExplainedIn = {
  "shared/dispatch/concluder.ts": [
    ...alike("const rows = ids.flatMap((id) => batch.row(id) ?? []);", hasRow, '[] → ["Stryker was here"]'),
    ...alike(
      '({ error }) => error?.code ?? "",',
      "What has failed has an error.",
      '"" → "Stryker was here!"',
      "error?.code → error.code",
    ),
    ...alike("if (outcome === undefined || row === undefined) continue;", hasRow, "row === undefined → false"),
    ...alike('case "rejected":', "Without this case the function returns undefined as well.", '"rejected" → ""'),
    ...alike(
      'return { kind: "adobe-unavailable", ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };',
      absent,
      "retryAfterMs === undefined → false",
    ),
    ...alike(
      'return outcome.kind === "charged" && charges + 1 >= lastCharge ? outcome.error : undefined;',
      "No outcome of another kind has an error; the condition is for the compiler.",
      'outcome.kind === "charged" → true',
    ),
  ],
  "shared/dispatch/early-leavers.ts": [
    ...alike(
      "if (batch.room === undefined) return undefined;",
      "A leaver that goes ahead is parked, so the room is not empty.",
      "batch.room === undefined → false",
    ),
  ],
  "shared/dispatch/failed-step.ts": [
    ...alike(
      'kind: failed === undefined ? "other" : factsOf(command, failed).kind,',
      forTheCompiler,
      '"other" → ""',
      "failed === undefined → false",
    ),
    ...alike(
      'endsInRemoval: last !== undefined && factsOf(command, last).kind === "end",',
      hasSteps,
      "last !== undefined → true",
    ),
    ...alike("...(rename === undefined ? {} : { rename }),", absent, "rename === undefined → false"),
    ...alike(
      'if (operation.rootCreated || (own !== undefined && factsOf(operation.command, own).kind === "create" && source > 0))',
      hasSteps,
      "own !== undefined → true",
    ),
    ...alike(
      "for (let step = sources.length - 1; step >= from; step--) {",
      "The loop then begins behind the end, where there is no step, and goes on.",
      "sources.length - 1 → sources.length + 1",
    ),
    ...alike("const each = command.do[sources[step] ?? -1];", forTheCompiler, "-1 → +1"),
    ...alike("if (each === undefined) continue;", forTheCompiler, "each === undefined → false"),
  ],
  "shared/dispatch/older-work.ts": [
    ...alike("const [by] = pending.without?.values() ?? [];", hasNextUnlessLeftOut, '[] → ["Stryker was here"]'),
    ...alike(
      'if (next === undefined) return by === undefined ? asItIs : { kind: "superseded", by };',
      hasNextUnlessLeftOut,
      "by === undefined → false",
    ),
  ],
  "shared/dispatch/outcome.ts": [
    ...alike(
      "const single = parts.length === 1 ? parts[0]?.operation : undefined;",
      forTheCompiler,
      "parts[0]?.operation → parts[0].operation",
    ),
    ...alike(
      'return judged(answer.kind === "response" && answer.body.kind === "report" ? read(request, answer.body) : []);',
      "The verdict is `answered` only if the answer is a response with a report.",
      '[] → ["Stryker was here"]',
      'answer.kind === "response" && answer.body.kind === "report" → true',
      'answer.kind === "response" && answer.body.kind === "report" → answer.kind === "response" || answer.body.kind === "report"',
      'answer.kind === "response" → true',
      'answer.body.kind === "report" → true',
    ),
    ...alike(
      "const isAlone = request.slices.length === 1 && request.slices[0]?.parts.length === 1;",
      forTheCompiler,
      "request.slices[0]?.parts → request.slices[0].parts",
    ),
    ...alike(
      "if (step === undefined) return undefined;",
      "An undefined step is less than no number, so no part is found below either.",
      "step === undefined → false",
    ),
    ...alike(
      "const source = step === undefined ? undefined : part.sources[step];",
      "No list has anything at an undefined index.",
      "step === undefined → false",
    ),
    ...alike("...(source === undefined ? {} : { step: source }),", absent, "source === undefined → false"),
    ...alike(
      "const confirmed = past(part, failed.rename?.step);",
      isRename,
      "failed.rename?.step → failed.rename.step",
    ),
    ...alike("const newName = failed.rename?.newName;", isRename, "failed.rename?.newName → failed.rename.newName"),
  ],
  "shared/dispatch/parker.ts": [
    ...alike("if (row !== undefined) await this.park(batch, row, reason);", hasRow, "row !== undefined → true"),
    ...alike(
      "if (own !== undefined || row === undefined || row.early === true) return own;",
      hasRow,
      "row === undefined → false",
    ),
    ...alike(
      'if (next === undefined || batch.standings.get(head.id)?.kind !== "superseded") return false;',
      "Only a leaver that goes ahead has no standing, and it is parked, so that no message has it.",
      "batch.standings.get(head.id)?.kind → batch.standings.get(head.id).kind",
    ),
    ...alike(
      'if (standing.kind === "superseded" || batch.room === undefined || next === undefined) return undefined;',
      "What is not finished has a next slice.",
      "next === undefined → false",
    ),
    ...alike(
      "const standing = row === undefined ? undefined : await this.#services.olderWork.standingOf(row, batch);",
      hasRow,
      "row === undefined → false",
    ),
    ...alike(
      'if (standing?.kind === "behind") return behind(standing.leader);',
      hasRow,
      "standing?.kind → standing.kind",
    ),
    ...alike(
      "const canceledBy = row === undefined ? undefined : intentUntil(row, now);",
      hasRow,
      "row === undefined → false",
    ),
    ...alike(
      'if (row?.notBefore !== undefined && row.notBefore > now) return { reason: "held", dueAt: row.notBefore };',
      `${hasRow} No undefined time is later than now.`,
      "row?.notBefore !== undefined → true",
      "row?.notBefore → row.notBefore",
    ),
    ...alike(
      'if (row?.parked?.reason !== "suspect" && isSuspicious(progress, evidence, lastSuccessAt))',
      hasRow,
      "row?.parked → row.parked",
    ),
  ],
  "shared/dispatch/verdict.ts": [
    ...alike(
      "const retryAfter = answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs };",
      absent,
      "answer.retryAfterMs === undefined → false",
    ),
    ...alike(
      'return body.kind === "refusal" ? body.code : "";',
      "Other bodies have no code, and every rule takes an undefined one for an empty one.",
      'body.kind === "refusal" → true',
    ),
  ],
};
