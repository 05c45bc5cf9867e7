import { type Problem, problem } from "../api/problem.ts";
import { maxIdempotencyKeyCharacters, maxOperations } from "../operation/limits.ts";
import { checkCommand } from "../umapi/check-command.ts";
import type { Command } from "../umapi/command.ts";
import { type Fault, instead } from "../umapi/fault.ts";
import { accountDeletions } from "./account-deletion.ts";
import { FaultList } from "./fault-list.ts";
import type { HandedIn } from "./handed-in.ts";
import { partNotBefore } from "./not-before.ts";
import { tooLarge } from "./sizes.ts";

/** A call that submits operations, through any door. */
export interface Call extends HandedIn {
  /** Whether Adobe only checks the commands and changes nothing. */
  readonly testOnly: boolean;
  /** The key under which a repeat means the same operations. @default - the call is never repeated */
  readonly idempotencyKey?: string | undefined;
  /** Who handed it in, whose own the key is. @default - nobody is named */
  readonly submittedBy?: string | undefined;
  /** When it came, in milliseconds since the epoch. */
  readonly receivedAt: number;
}

export interface AcceptanceRules {
  /** Whether `removeFromOrg` with `deleteAccount: true` is allowed. */
  readonly allowAccountDeletion: boolean;
}

declare const accepted: unique symbol;

/** A call that may be queued. Only `accept` makes one, so that everything that is queued has passed every rule. */
export interface Submission {
  /** 1 to 500, in the order submitted. */
  readonly commands: readonly Command[];
  /** For scheduled operations: until when they wait, in milliseconds since the epoch, by their index. */
  readonly notBefore?: ReadonlyMap<number, number>;
  /** Whether Adobe only checks the commands and changes nothing. */
  readonly testOnly: boolean;
  /** 1 to 255 printable ASCII characters. */
  readonly idempotencyKey?: string;
  /** Who handed it in. */
  readonly submittedBy?: string;
  readonly [accepted]: true;
}

export type Accepted =
  | { readonly ok: true; readonly submission: Submission }
  | { readonly ok: false; readonly problem: Problem };

/**
 * The only way to submit: checks a call against every rule, and reports all faults. The rules are about the key, the
 * number of operations, their sizes, `notBefore`, UMAPI, and irreversible work.
 *
 * Of several problems the first is reported: 400 for the key, 413 for sizes, 422 for all others. A problem repeats
 * nothing of the call, which may be personal data.
 *
 * @param call its operations are values as `JSON.parse` returns them, nested no deeper than `maxDepth`
 */
export function accept(call: Call, rules: AcceptanceRules): Accepted {
  const { testOnly, idempotencyKey, submittedBy, faults: around = [] } = call;
  const miscounted = countFaults(call);
  const operations = miscounted.length > 0 ? [] : call.operations;
  const unacceptable = badIdempotencyKey(idempotencyKey) ?? tooLarge(operations);
  if (unacceptable !== undefined) return { ok: false, problem: unacceptable };

  const faults = new FaultList();
  faults.add([...around, ...miscounted]);
  const commands: Command[] = [];
  const notBefore = new Map<number, number>();
  for (const [index, { value, pointer }] of operations.entries()) {
    const parted = partNotBefore(value, pointer, call.receivedAt);
    faults.add(parted.faults);
    if (parted.notBefore !== undefined) notBefore.set(index, parted.notBefore);
    const checked = checkCommand(parted.command, pointer);
    if (checked.ok) commands.push(checked.command);
    else faults.add(checked.faults);
    if (!rules.allowAccountDeletion) faults.add(accountDeletions(value, pointer));
  }
  if (faults.count > 0) return { ok: false, problem: againstTheRules(faults) };
  const submission: Omit<Submission, typeof accepted> = {
    commands,
    ...(notBefore.size > 0 && { notBefore }),
    testOnly,
    ...(idempotencyKey !== undefined && { idempotencyKey }),
    ...(submittedBy !== undefined && { submittedBy }),
  };
  return { ok: true, submission: submission as Submission };
}

/** No fault if another one about the list has been reported already. */
function countFaults({ operations, at = "", faults = [] }: HandedIn): Fault[] {
  if (operations.length > 0 && operations.length <= maxOperations) return [];
  if (faults.some(({ pointer }) => pointer === at)) return [];
  return [{ pointer: at, detail: instead(operations, `1 to ${maxOperations} commands`) }];
}

function badIdempotencyKey(key: string | undefined): Problem | undefined {
  if (key === undefined || (/^[\x20-\x7e]+$/.test(key) && key.length <= maxIdempotencyKeyCharacters)) return undefined;
  return problem(
    "malformed",
    `The header Idempotency-Key must have 1 to ${maxIdempotencyKeyCharacters} printable ASCII characters, such as a UUID.`,
  );
}

function againstTheRules(faults: FaultList): Problem {
  const mistakes = faults.count === 1 ? "One thing is" : `${faults.count} things are`;
  return problem("against-the-rules", `${mistakes} wrong; nothing was queued.`, faults.members);
}
