import { expect, test } from "vitest";
import { isLeaver } from "../../../shared/leavers/leaver.ts";
import { onceMore } from "../../../shared/leavers/once-more.ts";
import { newRow } from "../../../shared/ledger/row.ts";
import { placeOf } from "../../../shared/operation/place.ts";
import { operationIdSchema } from "../../../shared/operation/schema.ts";
import type { Command } from "../../../shared/umapi/command.ts";
import { operationId, operationOf } from "../../support/operations.ts";

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
  { usergroup: "Design", do: [{ deleteUserGroup: {} }] },
])("%j is not a leaver", (command) => {
  expect(isLeaver(operationOf("a", command))).toBe(false);
});

test("A leaver in test mode, or one that the removal limit holds, does not go ahead", () => {
  expect(isLeaver(operationOf("a", leaving, { testOnly: true }))).toBe(false);
  expect(isLeaver(operationOf("a", leaving, { removalSet: 1 }))).toBe(false);
});

test("A leaver goes once more as an operation of its own, at its place and behind the other", () => {
  const place = placeOf("7", 0);
  const id = `${"a".repeat(32)}-499`;
  const done = { ...newRow(operationOf(id, leaving, { submittedBy: "hr", callSize: 500 })), place, early: true };
  const again = onceMore(done, operationId("renamed"), 5);
  expect(again).toMatchObject({
    operation: { id: `${id}-again`, command: leaving, submittedBy: "hr", generation: 0, queuedAt: 5 },
    status: "queued",
    place,
    parked: { reason: "behind", list: "behind#renamed" },
  });
  expect(again.early).toBeUndefined();
  expect(operationIdSchema.safeParse(again.operation.id).success).toBe(true);
});
