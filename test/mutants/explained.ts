/** A mutant that no test can or need kill. */
export interface Explained {
  /** The line of source in which it begins. */
  readonly line: string;
  /** What stands there, and what the mutant has instead; long code is cut. */
  readonly change: string;
  readonly why: string;
}

const alike = (line: string, why: string, ...changes: string[]): Explained[] =>
  changes.map((change) => ({ line, change, why }));

const forTheCompiler = "The condition is for the compiler alone: nothing else can stand here.";
const absent = "A field that is undefined means the same as one that is absent, to every reader and in JSON.";
const hasSteps = "A command has at least one step.";
const someSlice = "A slice has at least one piece, and a piece has an operation.";
const fewerSkipped = "Fewer full requests are skipped: the search finds the same one, later.";
const timeZone = "The test for this changes the time zone, which it cannot do in the threads in which Stryker runs it.";
const isRename = "An error means `renamed` only at a step with a rename.";

/** Every mutant that survives, by its file, and why it may. */
export const explained: Readonly<Record<string, readonly Explained[]>> = {
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
  "shared/ledger/row.ts": [
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
  "shared/planning/plan.ts": [
    ...alike(
      "const isLimited = most < maxCommandsPerRequest;",
      "Work with a limit and work without one are kept apart either way; the search only takes longer.",
      "most < maxCommandsPerRequest → most >= maxCommandsPerRequest",
    ),
    ...alike("request?.testOnly === testOnly &&", forTheCompiler, "request?.testOnly → request.testOnly"),
    ...alike(
      "for (let index = this.#firstToLookAt(earliest, testOnly, isLimited); index < this.requests.length; index++) {",
      "Behind the last request there is none, which the loop passes over.",
      "index < this.requests.length → index <= this.requests.length",
    ),
    ...alike(
      "if (request === undefined || !hasRoom(request)) continue;",
      "No request has no room.",
      "request === undefined → false",
    ),
    ...alike("if (isLimited) return earliest;", fewerSkipped, "isLimited → true"),
    ...alike(
      "const isFull = (request: OpenRequest | undefined) =>",
      fewerSkipped,
      "(request: OpenRequest | undefined) => request?.testOnly !== … → () => undefined",
    ),
    ...alike(
      "request?.testOnly !== testOnly || request.isLimited || request.slices.length >= maxCommandsPerRequest;",
      fewerSkipped,
      "request?.testOnly !== testOnly || request.isLimited || reque… → false",
      "request?.testOnly !== testOnly || request.isLimited || reque… → (request?.testOnly !== testOnly || request.isLimited) && req…",
      "request?.testOnly !== testOnly || request.isLimited → false",
      "request?.testOnly !== testOnly || request.isLimited → request?.testOnly !== testOnly && request.isLimited",
      "request?.testOnly !== testOnly → false",
      "request.slices.length >= maxCommandsPerRequest → false",
      "request.slices.length >= maxCommandsPerRequest → request.slices.length > maxCommandsPerRequest",
    ),
    ...alike(
      "request?.testOnly !== testOnly || request.isLimited || request.slices.length >= maxCommandsPerRequest;",
      forTheCompiler,
      "request?.testOnly → request.testOnly",
    ),
    ...alike(
      "while (this.#full[mode] < this.requests.length && isFull(this.requests[this.#full[mode]])) this.#full[mode]++;",
      fewerSkipped,
      "this.#full[mode] < this.requests.length && isFull(this.reque… → false",
    ),
  ],
  "shared/planning/slices.ts": [
    ...alike(
      'return "user" in command ? remaining(operation, lawfulUserSteps(command), onUser.repeat) : [];',
      "The operations of a message are all on one kind of root.",
      '[] → ["Stryker was here"]',
    ),
    ...alike(
      'return "usergroup" in command ? remaining(operation, lawfulUserGroupSteps(command), onUserGroup.repeat) : [];',
      "The operations of a message are all on one kind of root.",
      '[] → ["Stryker was here"]',
    ),
    ...alike(
      "return first?.operation.command.do.slice(0, first.source) ?? [];",
      someSlice,
      '[] → ["Stryker was here"]',
      "first?.operation → first.operation",
    ),
    ...alike("const { stepsDone = 0, completes = false } = own.at(-1) ?? {};", someSlice, "false → true"),
    ...alike("const last = open.at(-1)?.operation;", someSlice, "open.at(-1)?.operation → open.at(-1).operation"),
    ...alike(
      "const { unjoined, most, oneStep } = operation?.progress ?? untouched;",
      someSlice,
      "operation?.progress → operation.progress",
    ),
    ...alike(
      "const requestID = others.length === 0 ? first?.operation.command.requestID : undefined;",
      someSlice,
      "first?.operation → first.operation",
    ),
  ],
  "shared/http/retry-after.ts": [
    ...alike(
      '(header ?? "").match(/(?:\\s*(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,)?[^,]+/gi)?.map((value) => value.trim()) ?? []',
      "Text that is neither seconds nor a date counts as none.",
      '"" → "Stryker was here!"',
      '[] → ["Stryker was here"]',
    ),
    ...alike("const lacksZone = / (\\d{4}|\\d\\d:\\d\\d:\\d\\d)$/.test(text);", timeZone),
  ],
  "shared/room/entry.ts": [
    ...alike(
      "export const dueSchema = z.object({",
      "The time is read from the key as well, where it is the same.",
      "{ dueAt: z.number(), occupant: z.exactOptional(occupantSchem… → {}",
    ),
    ...alike(
      'const [, place = "", id = ""] = /^(?:[\\d.]{16,38}#)?(.*)#([^#]*)$/.exec(sk) ?? [];',
      "The leftmost match begins at the start in any case, and the rest takes all that it can.",
      "/^(?:[\\d.]{16,38}#)?(.*)#([^#]*)$/ → /(?:[\\d.]{16,38}#)?(.*)#([^#]*)$/",
      "/^(?:[\\d.]{16,38}#)?(.*)#([^#]*)$/ → /^(?:[\\d.]{16,38}#)?(.*)#([^#]*)/",
    ),
    ...alike(
      'const [, place = "", id = ""] = /^(?:[\\d.]{16,38}#)?(.*)#([^#]*)$/.exec(sk) ?? [];',
      "The first element is not read.",
      '[] → ["Stryker was here"]',
    ),
  ],
  "shared/room/waiting-room.ts": [
    ...alike(
      "guests.push(candidate.list === undefined ? { row } : { row, list: candidate.list });",
      absent,
      "candidate.list === undefined → false",
    ),
    ...alike(
      "return (await this.#services.room.due(kind, Number.MAX_SAFE_INTEGER - 1, count)).length < count;",
      "Nothing is due as late as either.",
      "Number.MAX_SAFE_INTEGER - 1 → Number.MAX_SAFE_INTEGER + 1",
    ),
    ...alike(
      "const hasEnded = row !== undefined && isOver(row, occupant, false);",
      "Of no row nothing is over, and of a row it does not matter whether its entry is dead.",
      "row !== undefined → true",
      "false → true",
    ),
    ...alike(
      'await room.leaveNames({ ...occupant, parked: { reason: "ready", dueAt: 0 }, names: namesOf(row) });',
      "What is deleted here are the names alone.",
      '{ reason: "ready", dueAt: 0 } → {}',
      '"ready" → ""',
    ),
    ...alike(
      "if (isOver(row, occupant, false) || parked === undefined || occupant.release !== (row.operation.release ?? 0))",
      "Of a row it does not matter whether its entry is dead.",
      "false → true",
    ),
    ...alike(
      'return row === "unreadable" ? undefined : row;',
      "What cannot be read is never over, and so not dropped here.",
      'row === "unreadable" → false',
      '"unreadable" → ""',
    ),
    ...alike(
      "return found.map(({ occupant }) => occupant).reduce((one, other) => (one.place > other.place ? one : other));",
      "Two with one place are one operation.",
      "one.place > other.place → one.place >= other.place",
    ),
  ],
};
