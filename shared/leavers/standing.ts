import type { Rows } from "../ledger/ledger-dynamo.ts";
import type { LedgerRow } from "../ledger/row.ts";
import type { OperationId } from "../operation/operation.ts";
import { isFinal, isSuccess } from "../operation/status.ts";
import type { Command } from "../umapi/command.ts";
import { foldedName } from "../umapi/folded-name.ts";
import { isSameRoot } from "../umapi/same-root.ts";
import { visitNames } from "../umapi/steps/look-up.ts";

/** What leavers that go ahead mean for work that was accepted before them. */
export type Standing =
  /** Its user has left since: it is pointless. */
  | { readonly kind: "superseded"; readonly by: OperationId }
  /** It waits until the leaver has ended. */
  | { readonly kind: "behind"; readonly leader: OperationId }
  | {
      readonly kind: "goes";
      /** The users, by their folded names, whom its lists must leave out, each with the operation that removed them. */
      readonly without: ReadonlyMap<string, OperationId>;
      /** The leavers that must go once more after it, because it gives their user's name to somebody else. */
      readonly again: readonly LedgerRow[];
    };

/**
 * @param command what of the work is sent next
 * @param leavers the rows of those with a later place, on users whom the command writes. One that cannot be read is waited
 * for
 * @param isAtWork whether Adobe may be at work on a leaver
 */
export function standingOf(command: Command, leavers: Rows, isAtWork: (leaver: LedgerRow) => boolean): Standing {
  const isOnRoot = ({ operation }: LedgerRow) => isSameRoot(operation.command, command);
  const rows = [...leavers.values()].filter((row) => row !== "unreadable");
  const gone = rows.filter(({ status }) => isSuccess(status));
  const superseding = gone.find(isOnRoot);
  if (superseding !== undefined) return { kind: "superseded", by: superseding.operation.id };
  const [unreadable] = [...leavers].find(([, row]) => row === "unreadable") ?? [];
  if (unreadable !== undefined) return { kind: "behind", leader: unreadable };
  const coming = rows.filter(({ status, early }) => !isFinal(status) && early === true);
  // One that was sent may have gone, and then nobody finds its user any more.
  const leader = coming.find((leaver) => isOnRoot(leaver) || leaver.progress.uncertain || isAtWork(leaver));
  if (leader !== undefined) return { kind: "behind", leader: leader.operation.id };
  const listed = listedUsers(command);
  return {
    kind: "goes",
    without: new Map(
      gone.map((leaver) => [listName(leaver), leaver.operation.id] as const).filter(([name]) => listed.has(name)),
    ),
    again: "user" in command ? gone : [],
  };
}

/** The name by which lists have the user. They have no domains, and mean an Adobe ID only where there is no other. */
function listName({ operation: { command } }: LedgerRow): string {
  if (!("user" in command) || command.domain !== undefined || command.useAdobeID === true) return "";
  return foldedName(command.user);
}

function listedUsers(command: Command): ReadonlySet<string> {
  const listed = new Set<string>();
  visitNames(command, (name, kind) => {
    if (kind === "user written") listed.add(foldedName(name));
  });
  return listed;
}
