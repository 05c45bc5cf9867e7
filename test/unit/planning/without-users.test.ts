import { describe, expect, test } from "vitest";
import { slices } from "../../../shared/planning/slices.ts";
import type { Command, UserGroupStep } from "../../../shared/umapi/command.ts";
import { operationId, operationOf, pendingOf } from "../../support/operations.ts";

const names = (count: number) => Array.from({ length: count }, (_, index) => `u${index}@x.com`);

function without(users: readonly string[], command: Command, stepsDone = 0) {
  const left = new Map(users.map((user) => [user, operationId("leaver")]));
  const operation = { ...pendingOf(operationOf("a", command), { stepsDone }), without: left };
  return slices({ messageId: "a", operations: [operation] });
}

describe("Users who are left out of a group's lists", () => {
  test("are not sent, whatever their letter case, and the others are", () => {
    const command: Command = { usergroup: "G", do: [{ add: { user: ["U1@x.com", "u2@x.com"] } }] };
    const [slice] = without(["u1@x.com"], command);
    expect(slice?.command.do).toEqual([{ add: { user: ["u2@x.com"] } }]);
    expect(slice?.parts).toMatchObject([{ stepsDone: 1, completes: true, sources: [0] }]);
  });

  test("count all the same: steps keep their numbers, and the last that is left completes the operation", () => {
    const steps = [{ add: { user: names(10) } }, { remove: { user: ["v@x.com"] } }, { add: { user: ["w@x.com"] } }];
    const [slice] = without(["w@x.com", ...names(10)], { usergroup: "G", do: steps });
    expect(slice?.command.do).toEqual([{ remove: { user: ["v@x.com"] } }]);
    expect(slice?.parts).toMatchObject([{ stepsDone: 3, completes: true, sources: [1] }]);
  });

  test("count in every slice", () => {
    const steps = names(13).map((user) => ({ add: { user: [user] } }));
    const sent = without(["u0@x.com", "u12@x.com"], { usergroup: "G", do: steps });
    expect(sent.map(({ parts }) => parts)).toMatchObject([
      [{ stepsDone: 11, completes: false }],
      [{ stepsDone: 13, completes: true, sources: [11] }],
    ]);
  });

  test("are not removed either, and what names nobody stays as it is", () => {
    const profiles = { productConfiguration: ["P"] };
    const rest: UserGroupStep[] = [
      { updateUserGroup: { description: "new" } },
      { add: profiles },
      { remove: profiles },
      { deleteUserGroup: {} },
    ];
    const lists: UserGroupStep[] = [{ remove: { user: ["u@x.com", "v@x.com"] } }, { remove: { user: ["u@x.com"] } }];
    const [slice] = without(["u@x.com"], { usergroup: "G", do: [...lists, ...rest] });
    expect(slice?.command.do).toEqual([{ remove: { user: ["v@x.com"] } }, ...rest]);
    const none: UserGroupStep = { remove: { user: ["u@x.com"], ...profiles } };
    expect(without(["u@x.com"], { usergroup: "G", do: [none] })[0]?.command.do).toEqual([{ remove: profiles }]);
  });

  test("leave product profiles in, which share a list's step", () => {
    const command: Command = { usergroup: "G", do: [{ add: { user: ["u@x.com"], productConfiguration: ["P"] } }] };
    expect(without(["u@x.com"], command)[0]?.command.do).toEqual([{ add: { productConfiguration: ["P"] } }]);
  });

  test("may leave nothing", () => {
    expect(without(["u@x.com"], { usergroup: "G", do: [{ add: { user: ["u@x.com"] } }] })).toEqual([]);
    const rest = [{ createUserGroup: {} }, { add: { user: ["u@x.com"] } }];
    expect(without(["u@x.com"], { usergroup: "G", do: rest }, 1)).toEqual([]);
  });
});
