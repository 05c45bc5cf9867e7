import { describe, expect, test } from "vitest";
import { standingOf } from "../../../shared/leavers/standing.ts";
import type { Rows } from "../../../shared/ledger/ledger-dynamo.ts";
import { type LedgerRow, newRow } from "../../../shared/ledger/row.ts";
import { untouched } from "../../../shared/operation/progress.ts";
import type { Status } from "../../../shared/operation/status.ts";
import type { Command, UserCommand } from "../../../shared/umapi/command.ts";
import { operationId, operationOf } from "../../support/operations.ts";

const ada = "ada@example.com";
const onAda: Command = { user: "ADA@example.com", do: [{ add: { group: ["Design"] } }] };
const listing: Command = { usergroup: "Design", do: [{ add: { user: ["Ada@Example.com", "bob@example.com"] } }] };
const renaming: Command = { user: "bob@example.com", do: [{ update: { email: ada } }] };

function leaver(
  status: Status,
  changes: Partial<LedgerRow> = {},
  root: Omit<UserCommand, "do"> = { user: ada },
): LedgerRow {
  const command: Command = { ...root, do: [{ removeFromOrg: {} }] };
  return { ...newRow(operationOf("leaver", command)), early: true, ...changes, status };
}

const rows = (...all: readonly LedgerRow[]): Rows => new Map(all.map((row) => [row.operation.id, row]));
const nobody = () => false;
const everybody = () => true;
const goes = { kind: "goes", without: new Map(), again: [] };

describe("Work that was accepted before a leaver who is gone", () => {
  test("ends as superseded if it is on that very name", () => {
    expect(standingOf(onAda, rows(leaver("succeeded")), nobody)).toEqual({ kind: "superseded", by: "leaver" });
  });

  test.each([
    { user: ada, domain: "example.com" },
    { user: ada, useAdobeID: true },
  ])("goes if it is on another account, and so does %j after it", (root) => {
    const gone = leaver("succeeded", {}, root);
    expect(standingOf(onAda, rows(gone), nobody)).toEqual({ ...goes, again: [gone] });
  });

  test("goes without the name if it lists it", () => {
    const without = new Map([[ada, "leaver"]]);
    expect(standingOf(listing, rows(leaver("succeeded")), nobody)).toEqual({ ...goes, without });
  });

  test.each([
    { user: ada, domain: "example.com" },
    { user: ada, useAdobeID: true },
  ])("goes whole if its list means another account than %j", (root) => {
    expect(standingOf(listing, rows(leaver("succeeded", {}, root)), nobody)).toEqual(goes);
  });

  test("goes if it gives the name to somebody else, and the leaver once more after it", () => {
    const gone = leaver("succeeded");
    expect(standingOf(renaming, rows(gone), nobody)).toEqual({ ...goes, again: [gone] });
  });
});

describe("Work that was accepted before a leaver who is still to go", () => {
  test("waits for it if it is on that very name", () => {
    expect(standingOf(onAda, rows(leaver("queued")), nobody)).toEqual({ kind: "behind", leader: "leaver" });
  });

  test.each([listing, renaming])("waits for it only while Adobe may be at work on it: %j", (command) => {
    expect(standingOf(command, rows(leaver("queued")), everybody)).toEqual({ kind: "behind", leader: "leaver" });
    expect(standingOf(command, rows(leaver("queued")), nobody)).toEqual(goes);
  });

  test.each([listing, renaming])("waits for it if it may have gone already: %j", (command) => {
    const sent = leaver("queued", { progress: { ...untouched, uncertain: true } });
    expect(standingOf(command, rows(sent), nobody)).toEqual({ kind: "behind", leader: "leaver" });
  });

  test("ends all the same if another leaver of that name is gone", () => {
    const coming = {
      ...leaver("queued"),
      operation: operationOf("second", { user: ada, do: [{ removeFromOrg: {} }] }),
    };
    expect(standingOf(onAda, rows(coming, leaver("succeeded")), nobody)).toEqual({ kind: "superseded", by: "leaver" });
  });
});

test("A leaver that cannot be read is waited for, unless another of that name is gone", () => {
  const unreadable = [operationId("newer"), "unreadable"] as const;
  for (const command of [onAda, listing, renaming])
    expect(standingOf(command, new Map([unreadable]), nobody)).toEqual({ kind: "behind", leader: "newer" });
  const both: Rows = new Map([unreadable, ...rows(leaver("succeeded"))]);
  expect(standingOf(onAda, both, nobody)).toEqual({ kind: "superseded", by: "leaver" });
});

test.each<LedgerRow>([
  leaver("failed"),
  leaver("canceled"),
  leaver("superseded"),
  { ...newRow(operationOf("leaver", { user: ada, do: [{ removeFromOrg: {} }] })) },
])("A leaver that has failed, is canceled or superseded, or goes in its place keeps nothing back", (row) => {
  for (const command of [onAda, listing, renaming]) expect(standingOf(command, rows(row), everybody)).toEqual(goes);
});
