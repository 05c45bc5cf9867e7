import { type Problem, problem } from "../api/problem.ts";
import { maxIdempotencyKeyCharacters } from "../operation/limits.ts";
import { checkCommand } from "../umapi/check-command.ts";
import type { Command } from "../umapi/command.ts";
import { accountDeletions } from "./account-deletion.ts";
import { bodyText } from "./body-text.ts";
import { FaultList } from "./fault-list.ts";
import { type HandedIn, handedIn } from "./handed-in.ts";
import { type JsonFlaw, maxDepth, parseJsonText } from "./json-text.ts";
import { partNotBefore } from "./not-before.ts";
import { notUtf8, notUtf8In, wasNotUtf8 } from "./not-utf8.ts";
import { sizeFaults } from "./operation-size.ts";
import { type DescribedBody, unsupportedContent } from "./unsupported-content.ts";

/** What of an HTTP request matters to handing in operations. */
export interface SubmissionRequest extends DescribedBody {
  readonly query: Readonly<Record<string, string | undefined>>;
  /** The header `Idempotency-Key`. */
  readonly idempotencyKey?: string | undefined;
  /** When it came, in milliseconds since the epoch. */
  readonly receivedAt: number;
}

export interface SubmissionRules {
  /** Lets `removeFromOrg` with `deleteAccount: true` pass. */
  readonly allowAccountDeletion: boolean;
}

/** A call that may be queued. */
export interface Submission {
  /** 1 to 500, in the order handed in. */
  readonly commands: readonly Command[];
  /** Of those that are to wait for a time: until when, by their index, in milliseconds since the epoch. */
  readonly notBefore?: ReadonlyMap<number, number>;
  /** Adobe is to check the commands and to change nothing. */
  readonly testOnly: boolean;
  /** 1 to 255 printable ASCII characters. */
  readonly idempotencyKey?: string;
}

export type ParsedSubmission =
  | { readonly ok: true; readonly submission: Submission }
  | { readonly ok: false; readonly problem: Problem };

/**
 * Reads a request that hands in operations, or says all that is wrong with it. Never throws, and repeats nothing of the
 * request in a problem, because it may be personal data.
 *
 * Of several problems the first is told: 415 for the encoding and the content type, 413 for the size of the body, 400 for
 * what cannot be read, 413 for the size of operations, 422 for what is against the rules.
 */
export function parseSubmission(request: SubmissionRequest, rules: SubmissionRules): ParsedSubmission {
  const unsupported = unsupportedContent(request);
  if (unsupported !== undefined) return refuse(unsupported);
  const body = bodyText(request);
  if (!body.ok) return body;
  const unreadable = badQuery(request.query) ?? badIdempotencyKey(request.idempotencyKey);
  if (unreadable !== undefined) return refuse(unreadable);
  const json = parseJsonText(body.text);
  if (!json.ok)
    return refuse(wasNotUtf8(body.text) ? notUtf8(body.text) : malformedJson(json.flaw, json.line, json.column));
  const misread = new FaultList();
  misread.add(notUtf8In(json.value));
  if (misread.count > 0) return refuse(notUtf8(body.text, misread.members));

  const found = handedIn(json.value);
  const oversized = tooLarge(found);
  if (oversized !== undefined) return refuse(oversized);
  const checked = checkCommands(found, rules, request.receivedAt);
  if (!checked.ok) return checked;
  return {
    ok: true,
    submission: {
      commands: checked.commands,
      ...(checked.notBefore.size > 0 && { notBefore: checked.notBefore }),
      testOnly: request.query["testOnly"] === "true",
      ...(request.idempotencyKey !== undefined && { idempotencyKey: request.idempotencyKey }),
    },
  };
}

const refuse = (because: Problem): ParsedSubmission & { readonly ok: false } => ({ ok: false, problem: because });

function badQuery(query: SubmissionRequest["query"]): Problem | undefined {
  if (Object.keys(query).some((name) => name !== "testOnly"))
    return problem("malformed", "The query has an unknown parameter; the only one known is testOnly.");
  if (![undefined, "true", "false"].includes(query["testOnly"]))
    return problem("malformed", "The query parameter testOnly is neither true nor false, given once.");
  return undefined;
}

function badIdempotencyKey(key: string | undefined): Problem | undefined {
  if (key === undefined || (/^[\x20-\x7e]+$/.test(key) && key.length <= maxIdempotencyKeyCharacters)) return undefined;
  return problem(
    "malformed",
    `The header Idempotency-Key must have 1 to ${maxIdempotencyKeyCharacters} printable ASCII characters, such as a UUID.`,
  );
}

function malformedJson(flaw: JsonFlaw, line: number, column: number): Problem {
  const place = `at line ${line}, column ${column}`;
  switch (flaw) {
    case "syntax":
      return problem("malformed", `The body is not JSON: it goes wrong ${place}.`);
    case "repeated-key":
      return problem("malformed", `The body has the same key twice in one object: the second is ${place}. Keep one.`);
    case "too-deep":
      return problem("malformed", `The body nests lists and objects more than ${maxDepth} deep ${place}.`);
  }
}

function tooLarge({ operations }: HandedIn): Problem | undefined {
  const faults = new FaultList();
  for (const { value, pointer } of operations) faults.add(sizeFaults(value, pointer));
  if (faults.count === 0) return undefined;
  return problem("too-large", "An operation is too large. Divide its steps among several operations.", faults.members);
}

interface CheckedCommands {
  readonly ok: true;
  readonly commands: readonly Command[];
  readonly notBefore: ReadonlyMap<number, number>;
}

function checkCommands(
  { operations, faults: around }: HandedIn,
  { allowAccountDeletion }: SubmissionRules,
  now: number,
): CheckedCommands | { readonly ok: false; readonly problem: Problem } {
  const commands: Command[] = [];
  const notBefore = new Map<number, number>();
  const faults = new FaultList();
  faults.add(around);
  for (const [index, { value, pointer }] of operations.entries()) {
    const parted = partNotBefore(value, pointer, now);
    faults.add(parted.faults);
    if (parted.notBefore !== undefined) notBefore.set(index, parted.notBefore);
    const checked = checkCommand(parted.command, pointer);
    if (checked.ok) commands.push(checked.command);
    else faults.add(checked.faults);
    if (!allowAccountDeletion) faults.add(accountDeletions(value, pointer));
  }
  if (faults.count === 0) return { ok: true, commands, notBefore };
  const mistakes = faults.count === 1 ? "One thing is" : `${faults.count} things are`;
  return refuse(problem("against-the-rules", `${mistakes} wrong; nothing was queued.`, faults.members));
}
