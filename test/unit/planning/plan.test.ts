import { describe, expect, test } from "vitest";
import { type Progress, untouched } from "../../../shared/operation/progress.ts";
import { plan } from "../../../shared/planning/plan.ts";
import type { Work } from "../../../shared/planning/slices.ts";
import type { Command, UserStep } from "../../../shared/umapi/command.ts";
import { operationOf, pendingOf, singleWork, workOf } from "../../support/operations.ts";

const add = (...group: string[]): UserStep => ({ add: { group } });
const join = (user: string, ...group: string[]): Command => ({ user: `${user}@example.com`, do: [add(...group)] });
const make = (usergroup: string): Command => ({ usergroup, do: [{ createUserGroup: {} }] });
const work = (id: string, command: Command, progress: Partial<Progress> = {}) => singleWork(id, command, progress);

const planned = (...works: Work[]) =>
  plan(works).map(({ slices }) => slices.map(({ messageId }) => messageId).join(" "));

describe("a request", () => {
  test("holds ten commands, the eleventh starts another", () => {
    const works = Array.from({ length: 11 }, (_, index) => work(`w${index}`, join(`u${index}`, "x")));
    expect(plan(works).map(({ slices }) => slices.length)).toEqual([10, 1]);
  });

  test("is all test or all real", () => {
    const test1 = workOf("t", [operationOf("t", join("b", "x"), { testOnly: true })]);
    const [real, tested, ...more] = plan([work("a", join("a", "x")), test1, work("c", join("c", "x"))]);
    expect(more).toEqual([]);
    expect([real?.testOnly, tested?.testOnly]).toEqual([false, true]);
    expect([real?.slices.length, tested?.slices.length]).toEqual([2, 1]);
  });

  test("takes further tests, up to ten", () => {
    const tests = Array.from({ length: 11 }, (_, index) =>
      workOf(`t${index}`, [operationOf(`t${index}`, join(`u${index}`, "x"), { testOnly: true })]),
    );
    expect(plan([...tests, work("real", join("a", "x"))]).map(({ slices }) => slices.length)).toEqual([10, 1, 1]);
  });

  test("takes later work that fits, past work that must wait for its turn", () => {
    expect(planned(work("group", make("P")), work("member", join("a", "P")), work("other", join("b", "Q")))).toEqual([
      "group other",
      "member",
    ]);
  });

  test("takes the first slice of each piece of work, and the next request the next", () => {
    const long = work("long", { user: "a@example.com", do: Array.from({ length: 21 }, () => add("x")) });
    expect(planned(long, work("b", join("b", "x")))).toEqual(["long b", "long", "long"]);
  });

  test("follows the last slice of work that it conflicts with", () => {
    const long = work("long", { user: "a@example.com", do: Array.from({ length: 11 }, () => add("x")) });
    expect(planned(long, work("group", make("x")))).toEqual(["long", "long", "group"]);
  });

  test("is not planned for no work", () => {
    expect(plan([])).toEqual([]);
  });
});

describe("work with a limit on the size of its requests", () => {
  const atMost = (most: number) => ({ ...untouched, most });

  test("goes in its turn, with other such work, up to the limit", () => {
    const limited = ["a", "b", "c", "d", "e"].map((name) => work(name, join(name, "x"), atMost(2)));
    const sizes = plan([work("fine", join("z", "x")), ...limited, work("good", join("y", "x"))]).map(({ slices }) =>
      slices.map(({ messageId }) => messageId),
    );
    expect(sizes).toEqual([["fine", "good"], ["a", "b"], ["c", "d"], ["e"]]);
  });

  test("keeps the lowest limit of its request", () => {
    const requests = plan([work("a", join("a", "x"), atMost(5)), work("b", join("b", "x"), atMost(1))]);
    expect(requests.map(({ slices }) => slices.length)).toEqual([1, 1]);
  });

  test("keeps the lowest limit of those that were there before", () => {
    const limits = { a: 5, b: 2, c: 5 };
    const works = Object.entries(limits).map(([name, most]) => work(name, join(name, "x"), atMost(most)));
    expect(planned(...works)).toEqual(["a b", "c"]);
  });

  test("has the lowest limit of a message's operations", () => {
    const [first, second] = [operationOf("a", join("a", "x")), operationOf("b", join("a", "y"))];
    for (const [one, other] of [
      [1, 5],
      [5, 1],
    ] as const) {
      const operations = [pendingOf(first, atMost(one)), pendingOf(second, atMost(other))] as const;
      const both: Work = { messageId: "both", operations };
      expect(planned(both, work("c", join("c", "x"), atMost(5)))).toEqual(["both", "both", "c"]);
    }
  });

  test("keeps its order with work that it conflicts with", () => {
    expect(planned(work("group", make("P"), atMost(1)), work("member", join("a", "P")))).toEqual(["group", "member"]);
  });

  test("takes the rest of its message with it, each operation in a command of its own", () => {
    const first = operationOf("a", join("a", "x"));
    const second = operationOf("b", join("a", "y"));
    const both: Work = { messageId: "both", operations: [pendingOf(first, atMost(2)), pendingOf(second, atMost(2))] };
    expect(planned(both, work("fine", join("c", "x")))).toEqual(["both", "both", "fine"]);
  });
});
