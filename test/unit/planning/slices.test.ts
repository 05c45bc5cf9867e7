import { describe, expect, test } from "vitest";
import { type PendingOperation, slices, type Work } from "../../../shared/planning/slices.ts";
import type { Command, UserStep } from "../../../shared/umapi/command.ts";
import { operationOf, pendingOf, singleWork } from "../../support/operations.ts";

const jane = "jane@example.com";
const add = (...group: string[]): UserStep => ({ add: { group } });
const groups = (count: number, prefix = "g") => Array.from({ length: count }, (_, index) => `${prefix}${index}`);
const sent = (work: Work) => slices(work).map(({ command }) => command);

describe("lists longer than Adobe takes", () => {
  test("are cut into steps of ten, which keep the caller's step in mind", () => {
    const [slice, ...more] = slices(singleWork("a", { user: jane, do: [add("x"), add(...groups(21))] }));
    expect(more).toEqual([]);
    expect(slice?.command.do).toEqual([add("x"), add(...groups(10)), add(...groups(20).slice(10)), add("g20")]);
    expect(slice?.parts[0]?.sources).toEqual([0, 1, 1, 1]);
  });

  test("are counted together where a step has several", () => {
    const command: Command = {
      usergroup: "P",
      do: [{ add: { user: groups(6, "u"), productConfiguration: groups(6, "c") } }],
    };
    expect(sent(singleWork("a", command))).toEqual([
      {
        usergroup: "P",
        do: [
          { add: { user: groups(6, "u"), productConfiguration: groups(4, "c") } },
          { add: { productConfiguration: ["c4", "c5"] } },
        ],
      },
    ]);
  });

  test("fill several commands from a hundred memberships on", () => {
    const command: Command = { user: jane, do: [add(...groups(105)), { removeFromOrg: {} }] };
    expect(sent(singleWork("a", command)).map((each) => each.do.length)).toEqual([10, 2]);
  });

  test("leave everything else about the command as it was", () => {
    const command: Command = {
      user: "jdoe",
      domain: "example.com",
      useAdobeID: false,
      requestID: "HR-7",
      do: [{ remove: "all" }, { removeFromOrg: { deleteAccount: false } }],
    };
    expect(sent(singleWork("a", command))).toEqual([command]);
  });
});

describe("a rename", () => {
  const nine = Array.from({ length: 9 }, () => add("g"));

  test.each<[string, Command, Partial<Command>]>([
    [
      "by email",
      { user: jane, do: [...nine, { update: { email: "roe@example.com", username: "ignored" } }, add("h")] },
      { user: "roe@example.com" },
    ],
    [
      "by username",
      { user: "jdoe", domain: "example.com", do: [{ update: { username: "roe", email: jane } }, ...nine, add("h")] },
      { user: "roe", domain: "example.com" },
    ],
    [
      "of a group",
      {
        usergroup: "P",
        do: [
          ...Array.from({ length: 9 }, () => ({ add: { user: [jane] } })),
          { updateUserGroup: { name: "Q" } },
          { add: { user: ["h"] } },
        ],
      },
      { usergroup: "Q" },
    ],
  ])("%s gives the next slice its address", (_, command, root) => {
    const [first, second, ...more] = sent(singleWork("a", command));
    expect(more).toEqual([]);
    expect(first).toMatchObject("user" in command ? { user: command.user } : { usergroup: command.usergroup });
    expect(second).toMatchObject(root);
  });

  test("in an operation that was joined to another addresses the rest of that operation", () => {
    const first = pendingOf(operationOf("a", { user: jane, do: [add("x")] }));
    const second = pendingOf(
      operationOf("b", { user: jane, do: [{ update: { email: "roe@example.com" } }, ...nine, add("y")] }),
    );
    const commands = sent({ messageId: "m", operations: [first, second] });
    expect(commands.map((command) => "user" in command && command.user)).toEqual([jane, jane, "roe@example.com"]);
  });

  test.each([{ update: { email: "roe@example.com" } }, { removeFromOrg: {} }])(
    "or a removal begins a command of its own: %j",
    (step) => {
      const first = pendingOf(operationOf("a", { user: jane, do: [add("x")] }));
      const second = pendingOf(operationOf("b", { user: jane, do: [add("y"), step] }));
      expect(sent({ messageId: "m", operations: [first, second] }).map((command) => command.do.length)).toEqual([1, 2]);
    },
  );

  test("is taken into account when the work is taken up behind it", () => {
    const command: Command = { user: jane, do: [{ update: { email: "roe@example.com" } }, add("x")] };
    expect(sent(singleWork("a", command, { stepsDone: 1 }))).toEqual([{ user: "roe@example.com", do: [add("x")] }]);
    expect(sent(singleWork("a", command, { stepsDone: 0, uncertain: true }))).toEqual([command]);
  });
});

describe("operations or steps that do not share a command", () => {
  const renaming: UserStep = { update: { email: "roe@example.com" } };

  test("a create and a rename behind it: repeated, the create would not find the renamed user", () => {
    const create: UserStep = { addAdobeID: { email: jane } };
    expect(sent(singleWork("a", { user: jane, do: [create, add("x"), renaming, add("y")] }))).toEqual([
      { user: jane, do: [create, add("x")] },
      { user: jane, do: [renaming, add("y")] },
    ]);
    expect(sent(singleWork("a", { user: jane, do: [add("x"), renaming, add("y")] }))).toHaveLength(1);
  });

  test.each<[string, Partial<PendingOperation["progress"]>]>([
    ["unjoined", { unjoined: true }],
    ["limited", { most: 3 }],
    ["sent step by step", { oneStep: true }],
  ])("one that is %s, with those before and behind it", (_, progress) => {
    const operations = ["a", "b", "c"].map((id) => operationOf(id, { user: jane, do: [add(id)] }));
    const [a, b, c] = operations.map((each, index) => pendingOf(each, index === 1 ? progress : {}));
    if (a === undefined || b === undefined || c === undefined) throw new Error("no operations");
    expect(sent({ messageId: "m", operations: [a, b, c] }).map((command) => command.do.length)).toEqual([1, 1, 1]);
    expect(sent({ messageId: "m", operations: [a, c] }).map((command) => command.do.length)).toEqual([2]);
  });
});

describe("a create that may have been applied", () => {
  const create = (option: object): Command => ({
    user: jane,
    do: [{ addAdobeID: { email: jane, ...option } }, add("x")],
  });

  test.each([
    ["without option goes with ignoreIfAlreadyExists", {}, { option: "ignoreIfAlreadyExists" }],
    [
      "keeps the caller's own option",
      { option: "updateIfAlreadyExists" } as const,
      { option: "updateIfAlreadyExists" } as const,
    ],
  ])("%s", (_, given, expected) => {
    expect(sent(singleWork("a", create(given)))).toEqual([create(given)]);
    expect(sent(singleWork("a", create(given), { uncertain: true }))).toEqual([create(expected)]);
  });

  test("is made safe for groups too", () => {
    const work = singleWork("a", { usergroup: "P", do: [{ createUserGroup: {} }] }, { uncertain: true });
    expect(sent(work)).toEqual([{ usergroup: "P", do: [{ createUserGroup: { option: "ignoreIfAlreadyExists" } }] }]);
  });

  test("does not make the creates of others safe that share its command", () => {
    const [create0, add1] = [operationOf("a", create({})), operationOf("b", { user: jane, do: [add("y")] })];
    const work: Work = { messageId: "m", operations: [pendingOf(create0), pendingOf(add1, { uncertain: true })] };
    expect(sent(work)).toEqual([{ user: jane, do: [...create({}).do, add("y")] }]);
  });
});

test("operations of one message share a command, and a new one starts where ten steps are full", () => {
  const operations = ["a", "b", "c"].map((id) =>
    operationOf(id, { user: jane, requestID: id, do: Array.from({ length: 6 }, () => add(id)) }),
  );
  const [head, ...rest] = operations.map((operation) => pendingOf(operation));
  if (head === undefined) throw new Error("no operation");
  const cut = slices({ messageId: "m", operations: [head, ...rest] });
  expect(cut.map(({ parts }) => parts.map(({ operation, sources }) => [operation.id, sources.length]))).toEqual([
    [
      ["a", 6],
      ["b", 4],
    ],
    [
      ["b", 2],
      ["c", 6],
    ],
  ]);
  expect(cut.map(({ command }) => command.requestID)).toEqual([undefined, undefined]);
});
