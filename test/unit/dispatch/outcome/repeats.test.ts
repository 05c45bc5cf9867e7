import { describe, expect, test } from "vitest";
import type { Outcome } from "../../../../shared/operation/outcome.ts";
import { untouched } from "../../../../shared/operation/progress.ts";
import type { Command, UserGroupStep, UserStep } from "../../../../shared/umapi/command.ts";
import { judged, report, requestOf } from "../../../support/judging.ts";
import { singleWork } from "../../../support/operations.ts";

const jane = "jane@example.com";
const roe = "roe@example.com";
const onJane = (...steps: UserStep[]): Command => ({ user: jane, do: steps });
const onGroup = (...steps: UserGroupStep[]): Command => ({ usergroup: "P", do: steps });
const add: UserStep = { add: { group: ["P"] } };
const rename: UserStep = { update: { email: roe } };
const removal: UserStep = { removeFromOrg: {} };
const createAdobeID: UserStep = { addAdobeID: { email: jane } };
const members: UserGroupStep = { add: { user: [jane] } };
const renameGroup: UserGroupStep = { updateUserGroup: { name: "Q" } };

const errorAt = (step: number | undefined, errorCode: string) =>
  report(1, [{ index: 0, ...(step === undefined ? {} : { step }), errorCode, message: "" }]);

/** What an error means for an operation that may have been applied before. */
function repeat(command: Command, step: number | undefined, code: string): Outcome | undefined {
  const request = requestOf(singleWork("a", command, { uncertain: true }));
  return judged(request, errorAt(step, code)).outcomes["a"];
}

const restFrom = (stepsDone: number) => ({ kind: "again", progress: { ...untouched, stepsDone, uncertain: true } });

const converged: [string, Command, number, string, object][] = [
  ["a create of a user who is there", onJane(createAdobeID), 0, "error.user.already_in_org", { kind: "succeeded" }],
  ["a create of a user who is invited", onJane(createAdobeID, add), 0, "error.user.already_invited", restFrom(1)],
  [
    "a create of a group that is there",
    onGroup({ createUserGroup: {} }, members),
    0,
    "error.usergroup.already_exists",
    restFrom(1),
  ],
  ["a membership that is there", onJane(add, add), 1, "error.user.already_exists", { kind: "succeeded" }],
  [
    "a membership behind another step",
    onJane({ update: { firstname: "J" } }, add),
    1,
    "error.user.already_exists",
    { kind: "succeeded" },
  ],
  ["a member who is there", onGroup(members), 0, "error.usergroup.user_list.invalid", { kind: "succeeded" }],
  ["an administrator who is there", onJane(add), 0, "plc.admin.already_added", { kind: "succeeded" }],
  ["a removal of a user who is gone", onJane(removal), 0, "error.user.not_in_org", { kind: "succeeded" }],
  [
    "steps before a removal, of a user who is gone",
    onJane(add, removal),
    0,
    "error.user.nonexistent",
    { kind: "succeeded" },
  ],
  [
    "an end of a group that is gone",
    onGroup({ deleteUserGroup: {} }),
    0,
    "error.usergroup.not_found",
    { kind: "succeeded" },
  ],
  [
    "steps before the end of a group that is gone",
    onGroup(members, { deleteUserGroup: {} }),
    0,
    "error.usergroup.not_found",
    { kind: "succeeded" },
  ],
  ["a group's rename", onGroup(renameGroup), 0, "error.usergroup.not_found", { kind: "succeeded" }],
  ["a group's rename before other steps", onGroup(renameGroup, members), 0, "error.usergroup.not_found", restFrom(1)],
  [
    "steps before a group's rename",
    onGroup(members, renameGroup, members),
    0,
    "error.usergroup.not_found",
    restFrom(2),
  ],
];

describe("what may have been applied before is done where Adobe says that it already holds", () => {
  test.each(converged)("%s", (_, command, step, code, outcome) => {
    expect(repeat(command, step, code)).toEqual(outcome);
  });
});

describe("the same words on a first send are an error", () => {
  test.each(converged)("%s", (_, command, step, code) => {
    const first = judged(requestOf(singleWork("a", command)), errorAt(step, code));
    expect(first.outcomes["a"]).toMatchObject({ kind: "failed", error: { code, step } });
  });
});

describe("on a repeat as on a first send, an error stays one", () => {
  test.each<[string, Command, number, string]>([
    ["of a user who is missing and was to stay", onJane(add), 0, "error.user.nonexistent"],
    ["of a missing user, behind the rename", onJane(rename, add), 1, "error.user.nonexistent"],
    ["of a missing group that was to stay", onGroup(members), 0, "error.usergroup.not_found"],
    ["of a group that a removed user was to leave", onJane(add, removal), 0, "error.group.not_found"],
    [
      "of a create that finds another organisation's user",
      onJane(createAdobeID),
      0,
      "error.user.belongs_to_another_org",
    ],
    ["of an update that finds a membership", onJane({ update: { firstname: "J" } }), 0, "error.user.already_exists"],
  ])("%s", (_, command, step, code) => {
    expect(repeat(command, step, code)).toMatchObject({ kind: "failed", error: { code, step } });
  });
});

describe("a rename of a user that may have been applied", () => {
  test.each([
    ["is done if the new name is known", onJane(rename), 0, { kind: "succeeded" }],
    ["goes on behind it if the new name is known", onJane(rename, add), 0, restFrom(1)],
    ["goes on behind it, though an earlier step met the missing name first", onJane(add, rename, add), 0, restFrom(2)],
    ["goes on behind it, though Adobe named no step", onJane(add, rename, add), undefined, restFrom(2)],
  ])("%s", (_, command, step, confirmed) => {
    expect(repeat(command, step, "error.user.nonexistent")).toEqual({
      kind: "renamed",
      newName: { user: roe },
      confirmed,
      refuted: { kind: "failed", error: expect.objectContaining({ code: "error.user.nonexistent" }) },
      unclear: { kind: "held", progress: { ...untouched, uncertain: true } },
    });
  });

  test("is looked up by username and domain where the user is known by these", () => {
    const command: Command = { user: "jdoe", domain: "example.com", do: [{ update: { username: "roe" } }] };
    expect(repeat(command, 0, "error.user.not_found")).toMatchObject({
      newName: { user: "roe", domain: "example.com" },
    });
  });

  test("is looked up by the last of several names", () => {
    const command = onJane({ update: { email: "between@example.com" } }, rename);
    expect(repeat(command, 0, "error.user.nonexistent")).toMatchObject({ newName: { user: roe } });
  });

  test("before a removal: the user known by neither name is removed, known by the new one is still to be", () => {
    expect(repeat(onJane(rename, removal), 0, "error.user.nonexistent")).toMatchObject({
      confirmed: restFrom(1),
      refuted: { kind: "succeeded" },
    });
  });

  test("is none where only the other name changes", () => {
    expect(repeat(onJane({ update: { username: "jroe" } }), 0, "error.user.nonexistent")?.kind).toBe("failed");
  });
});

describe("a leaver's removal is not taken for done because an earlier step was", () => {
  test.each([
    ["a membership", onJane(add, removal), "error.user.already_exists"],
    ["a create", onJane(createAdobeID, removal), "error.user.already_in_org"],
  ])("%s", (_, command, code) => {
    expect(repeat(command, 0, code)).toEqual(restFrom(1));
  });
});

test("a single step that already holds is done, though Adobe names none", () => {
  expect(repeat(onJane(add), undefined, "error.user.already_exists")).toEqual({ kind: "succeeded" });
});

test("a step that already holds, but that Adobe does not name, is found by sending one step at a time", () => {
  expect(repeat(onJane(add, add), undefined, "error.user.already_exists")).toEqual({
    kind: "again",
    progress: { ...untouched, uncertain: true, oneStep: true },
  });
});
