import { describe, expect, test } from "vitest";
import { join } from "../../../shared/planning/join.ts";
import type { Command, UserGroupStep, UserStep } from "../../../shared/umapi/command.ts";
import { operationOf } from "../../support/operations.ts";

const jane = "jane@example.com";
const onJane = (...steps: UserStep[]): Command => ({ user: jane, do: steps });
const onGroup = (...steps: UserGroupStep[]): Command => ({ usergroup: "P", do: steps });
const add = (...group: string[]): UserStep => ({ add: { group } });
const create: UserStep = { addAdobeID: { email: jane } };
const rename: UserStep = { update: { email: "roe@example.com" } };
const removal: UserStep = { removeFromOrg: {} };
const touch: UserStep = { update: { firstname: "Jane" } };

/** Which operations, by their place in the call, travel together. */
function together(...commands: Command[]): number[][] {
  const operations = commands.map((command, index) => operationOf(`op-${index}`, command));
  return join(operations, 128 * 1024).map((message) => message.map((operation) => operations.indexOf(operation)));
}

describe("operations on one root travel together", () => {
  test.each<[string, Command[]]>([
    ["one after the other", [onJane(add("a")), onJane(add("b")), onJane(touch)]],
    ["with the create first", [onJane(create), onJane(add("b"))]],
    ["with the removal last", [onJane(add("b")), onJane(removal)]],
    ["with the rename last", [onJane(add("b")), onJane(rename, add("c"))]],
    ["whatever the letter case", [onJane(add("a")), { user: "JANE@example.com", do: [add("b")] }]],
    ["where useAdobeID is said to be what it is anyway", [onJane(touch), { ...onJane(touch), useAdobeID: false }]],
    [
      "if it is a group",
      [onGroup({ createUserGroup: {} }), onGroup({ add: { user: ["x"] } }), onGroup({ deleteUserGroup: {} })],
    ],
  ])("%s", (_, commands) => {
    expect(together(...commands)).toEqual([commands.map((_, index) => index)]);
  });

  test("past others that they do not conflict with", () => {
    const other: Command = { user: "other@example.com", do: [touch] };
    expect(together(onJane(add("a")), other, onJane(add("b")), other)).toEqual([
      [0, 2],
      [1, 3],
    ]);
  });
});

describe("operations travel in messages of their own", () => {
  test.each<[string, Command[]]>([
    ["where the second creates", [onJane(touch), onJane(create)]],
    ["where both create", [onJane(create), onJane(create)]],
    ["behind a removal", [onJane(removal), onJane(touch)]],
    ["behind a rename", [onJane(rename), onJane(touch)]],
    ["behind a change of username", [onJane({ update: { username: "jroe" } }), onJane(touch)]],
    ["behind a group's rename", [onGroup({ updateUserGroup: { name: "Q" } }), onGroup({ add: { user: ["x"] } })]],
    ["behind a group's end", [onGroup({ deleteUserGroup: {} }), onGroup({ createUserGroup: {} })]],
    ["where one is for the Adobe ID of the same email", [onJane(touch), { ...onJane(touch), useAdobeID: true }]],
    [
      "where the domains differ",
      [
        { user: "jdoe", domain: "a.com", do: [touch] },
        { user: "jdoe", domain: "b.com", do: [touch] },
      ],
    ],
    [
      "where a user and a group share a name",
      [{ user: "P", domain: "a.com", do: [touch] }, onGroup({ add: { user: ["x"] } })],
    ],
  ])("%s", (_, commands) => {
    expect(together(...commands)).toEqual(commands.map((_, index) => [index]));
  });

  test("where one is only a test", () => {
    const operations = [false, true].map((testOnly, index) => operationOf(`op-${index}`, onJane(touch), { testOnly }));
    expect(join(operations, 128 * 1024).map(({ length }) => length)).toEqual([1, 1]);
  });

  test("where together they would be too large, to the byte", () => {
    const operations = ["a", "b"].map((id) => operationOf(id, onJane(touch)));
    const bytes = Buffer.byteLength(JSON.stringify(operations));
    expect(join(operations, bytes + 1).map(({ length }) => length)).toEqual([2]);
    expect(join(operations, bytes - 1).map(({ length }) => length)).toEqual([1, 1]);
  });

  test("where a third would make them too large", () => {
    const operations = ["a", "b", "c"].map((id) => operationOf(id, onJane(touch)));
    const bytes = Buffer.byteLength(JSON.stringify(operations.slice(0, 2)));
    expect(join(operations, bytes + 1).map(({ length }) => length)).toEqual([2, 1]);
  });

  test("behind what ends its root, though not all before that do", () => {
    expect(together(onJane(add("a")), onJane(removal), onJane(add("b")))).toEqual([[0, 1], [2]]);
    expect(together(onJane(add("a")), onJane(rename), onJane(add("b")))).toEqual([[0, 1], [2]]);
  });

  test("where the later one would be carried past something that joined another message in between", () => {
    const described = onGroup({ updateUserGroup: { description: "" } });
    expect(together(described, onJane(touch), onJane(add("P")), described)).toEqual([[0], [1, 2], [3]]);
  });

  test("where something in between conflicts with the later one", () => {
    const rebuilt = onGroup({ createUserGroup: {} });
    expect(together(onJane(touch), rebuilt, onJane(add("P")), onJane(touch))).toEqual([[0], [1], [2, 3]]);
  });
});

test("What the removal limit holds travels apart from what goes, and from another set", () => {
  const sets = [undefined, 1, 1, 2];
  const command: Command = { usergroup: "P", do: [{ remove: { user: ["x"] } }] };
  const operations = sets.map((removalSet, index) =>
    operationOf(`op-${index}`, command, removalSet === undefined ? {} : { removalSet }),
  );
  const joined = join(operations, 128 * 1024);
  expect(joined.map((message) => message.map(({ removalSet }) => removalSet))).toEqual([[undefined], [1, 1], [2]]);
});
