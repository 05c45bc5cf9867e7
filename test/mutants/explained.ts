/** A mutant that no test can or need kill. */
export interface Explained {
  /** The line of source in which it begins. */
  readonly line: string;
  /** What stands there, and what the mutant has instead; long code is cut. */
  readonly change: string;
  readonly why: string;
}

const narrowing = "The condition is for the compiler alone: nothing else can stand here.";
const absent = "A field that is undefined means the same as one that is absent, to every reader and in JSON.";

/** Every mutant that survives, by its file, and why it may. */
export const explained: Readonly<Record<string, readonly Explained[]>> = {
  "shared/dispatch/failed-step.ts": [
    {
      line: 'kind: failed === undefined ? "other" : factsOf(command, failed).kind,',
      change: '"other" → ""',
      why: narrowing,
    },
    {
      line: 'kind: failed === undefined ? "other" : factsOf(command, failed).kind,',
      change: "failed === undefined → false",
      why: narrowing,
    },
    {
      line: 'endsInRemoval: last !== undefined && factsOf(command, last).kind === "end",',
      change: "last !== undefined → true",
      why: "A command has at least one step.",
    },
    { line: "...(rename === undefined ? {} : { rename }),", change: "rename === undefined → false", why: absent },
    {
      line: 'if (operation.rootCreated || (own !== undefined && factsOf(operation.command, own).kind === "create" && source > 0))',
      change: "own !== undefined → true",
      why: "A command has at least one step.",
    },
    {
      line: "for (let step = sources.length - 1; step >= from; step--) {",
      change: "sources.length - 1 → sources.length + 1",
      why: "The loop then begins behind the end, where there is no step, and goes on.",
    },
    { line: "const each = command.do[sources[step] ?? -1];", change: "-1 → +1", why: narrowing },
    { line: "if (each === undefined) continue;", change: "each === undefined → false", why: narrowing },
  ],
  "shared/dispatch/outcome.ts": [
    {
      line: "const single = parts.length === 1 ? parts[0]?.operation : undefined;",
      change: "parts[0]?.operation → parts[0].operation",
      why: narrowing,
    },
    ...[
      '[] → ["Stryker was here"]',
      'answer.kind === "response" && answer.body.kind === "report" → true',
      'answer.kind === "response" && answer.body.kind === "report" → answer.kind === "response" || answer.body.kind === "report"',
      'answer.kind === "response" → true',
      'answer.body.kind === "report" → true',
    ].map((change) => ({
      line: 'return judged(answer.kind === "response" && answer.body.kind === "report" ? read(request, answer.body) : []);',
      change,
      why: "The verdict is `answered` only if the answer is a response with a report.",
    })),
    {
      line: "const isAlone = request.slices.length === 1 && request.slices[0]?.parts.length === 1;",
      change: "request.slices[0]?.parts → request.slices[0].parts",
      why: narrowing,
    },
    {
      line: "if (step === undefined) return undefined;",
      change: "step === undefined → false",
      why: "Nothing is less than any number if it is undefined, so no part is found below either.",
    },
    {
      line: "const source = step === undefined ? undefined : part.sources[step];",
      change: "step === undefined → false",
      why: "No list has anything at an undefined index.",
    },
    { line: "...(source === undefined ? {} : { step: source }),", change: "source === undefined → false", why: absent },
    {
      line: "const confirmed = past(part, failed.rename?.step);",
      change: "failed.rename?.step → failed.rename.step",
      why: "An error means `renamed` only at a step with a rename.",
    },
    {
      line: "const newName = failed.rename?.newName;",
      change: "failed.rename?.newName → failed.rename.newName",
      why: "An error means `renamed` only at a step with a rename.",
    },
  ],
  "shared/dispatch/verdict.ts": [
    {
      line: "const retryAfter = answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs };",
      change: "answer.retryAfterMs === undefined → false",
      why: absent,
    },
    {
      line: 'return body.kind === "refusal" ? body.code : "";',
      change: 'body.kind === "refusal" → true',
      why: "Other bodies have no code, and every rule takes an undefined one for an empty one.",
    },
  ],
};
