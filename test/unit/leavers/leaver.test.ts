import { expect, test } from "vitest";
import { isLeaver } from "../../../shared/leavers/leaver.ts";
import { isOnceMore, onceMore } from "../../../shared/leavers/once-more.ts";
import { newRow } from "../../../shared/ledger/row.ts";
import { placeOf } from "../../../shared/operation/place.ts";
import { operationIdSchema } from "../../../shared/operation/schema.ts";
import type { Command } from "../../../shared/umapi/command.ts";
import { operationOf } from "../../support/operations.ts";

const user = "ada@example.com";
const leaving: Command = { user, do: [{ removeFromOrg: {} }] };

test.each<Command>([
  leaving,
  { user, do: [{ removeFromOrg: { deleteAccount: false } }] },
  { user: "ada", domain: "example.com", do: [{ removeFromOrg: {} }] },
  { user, useAdobeID: true, do: [{ removeFromOrg: {} }] },
])("%j is a leaver", (command) => {
  expect(isLeaver(operationOf("a", command))).toBe(true);
});

test.each<Command>([
  { user, do: [{ remove: "all" }, { removeFromOrg: {} }] },
  { user, do: [{ remove: "all" }] },
  { user, do: [{ removeFromOrg: {} }, { addAdobeID: { email: user } }] },
  { usergroup: "Design", do: [{ deleteUserGroup: {} }] },
])("%j is not a leaver", (command) => {
  expect(isLeaver(operationOf("a", command))).toBe(false);
});

test("A leaver in test mode, or one that the removal limit holds, does not go ahead", () => {
  expect(isLeaver(operationOf("a", leaving, { testOnly: true }))).toBe(false);
  expect(isLeaver(operationOf("a", leaving, { removalSet: 1 }))).toBe(false);
});

test("A leaver goes once more as an operation of its own, right after the other and behind it", () => {
  const place = placeOf("7", 0);
  const id = `${"a".repeat(32)}-499`;
  const done = { ...newRow(operationOf(id, leaving, { submittedBy: "hr", callSize: 500 })), place, early: true };
  const renaming: Command = { user: "bob@x.com", do: [{ update: { email: "ada@x.com" } }] };
  const again = onceMore(done, operationOf("renamed", renaming), placeOf("3", 7), 5);
  expect(again).toMatchObject({
    operation: {
      id: expect.stringMatching(`^${id}-again-[0-9a-f]{8}$`),
      command: leaving,
      submittedBy: "hr",
      generation: 0,
      queuedAt: 5,
    },
    status: "queued",
    parked: { reason: "behind", list: "behind#renamed" },
  });
  const places = [placeOf("3", 7), again.place, placeOf("3", 8)];
  expect(places.toSorted()).toEqual(places);
  expect(isOnceMore(again.operation)).toBe(true);
  expect(isOnceMore(done.operation)).toBe(false);
  expect(again.early).toBeUndefined();
  expect(operationIdSchema.safeParse(again.operation.id).success).toBe(true);
});

test("A leaver goes once more as the same operation only after the same attempt of the same work", () => {
  const done = newRow(operationOf("a", leaving));
  const renaming: Command = { user: "bob@x.com", do: [{ update: { email: "ada@x.com" } }] };
  const idAfter = (id: string, generation: number) =>
    onceMore(done, operationOf(id, renaming, { generation }), placeOf("3", 0), 5).operation.id;
  expect(idAfter("b", 0)).toBe(idAfter("b", 0));
  expect(new Set([idAfter("b", 0), idAfter("b", 1), idAfter("c", 0)]).size).toBe(3);
});
