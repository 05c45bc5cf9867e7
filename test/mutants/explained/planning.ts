import { absent, alike, type ExplainedIn, forTheCompiler } from "./alike.ts";

const someSlice = "A slice has at least one piece, and a piece has an operation.";
const fewerSkipped = "Fewer full requests are skipped: the search finds the same one, later.";

export const planning: ExplainedIn = {
  "shared/planning/latest-conflict.ts": [
    ...alike(
      "if (place > (places.get(name) ?? -1)) places.set(name, place);",
      "To write the place that stands there already changes nothing.",
      "place > (places.get(name) ?? -1) → place >= (places.get(name) ?? -1)",
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
  "shared/planning/rename.ts": [
    ...alike(
      'if (!("user" in root)) return undefined;',
      "A step on a group gives no new email and no new username; the condition is for the compiler.",
      '!("user" in root) → false',
    ),
    ...alike(
      "return domain === undefined ? { user: given.name } : { user: given.name, domain };",
      absent,
      "domain === undefined → false",
    ),
    ...alike(
      'if (!("usergroup" in root)) return undefined;',
      "A step on a user gives no new name of a group.",
      '!("usergroup" in root) → false',
    ),
    ...alike(
      'const given = givenNames(root, step).findLast(({ kind }) => kind === "new name");',
      "A step on a group gives no name of another kind.",
      'kind === "new name" → true',
    ),
  ],
  "shared/planning/slices.ts": [
    ...alike(
      'return "user" in command ? remaining(operation, lawfulUserSteps(command), onUser.repeat, (step) => step) : [];',
      "The operations of a message are all on one kind of root.",
      '[] → ["Stryker was here"]',
    ),
    ...alike(": [];", "The operations of a message are all on one kind of root.", '[] → ["Stryker was here"]'),
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
};
