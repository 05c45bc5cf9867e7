import { describe, expect, test } from "vitest";
import { hold } from "../../../shared/dispatch/hold.ts";
import type { Work } from "../../../shared/planning/slices.ts";
import type { Command } from "../../../shared/umapi/command.ts";
import { singleWork } from "../../support/operations.ts";

const now = 1_000_000;
const member = (user: string, group: string): Command => ({ user, do: [{ add: { group: [group] } }] });
const group = (usergroup: string): Command => ({ usergroup, do: [{ updateUserGroup: { description: "" } }] });

function held(works: readonly Work[], until: Record<string, number>) {
  const { sendable, earliest } = hold(works, ({ messageId }) => until[messageId], now);
  return { sendable: sendable.map(({ messageId }) => messageId), earliest };
}

describe("holding", () => {
  test("takes out what must wait, and everything later that conflicts with it", () => {
    const works = [
      singleWork("earlier", member("a@x.com", "P")),
      singleWork("group", group("P")),
      singleWork("later", member("b@x.com", "P")),
      singleWork("other", member("c@x.com", "Q")),
    ];
    expect(held(works, { group: now + 5000 })).toEqual({ sendable: ["earlier", "other"], earliest: now + 5000 });
  });

  test("goes on through what is held only for its order", () => {
    const works = [
      singleWork("group", group("P")),
      singleWork("member", member("a@x.com", "P")),
      singleWork("same-user", member("a@x.com", "Q")),
      singleWork("same-group", member("b@x.com", "Q")),
    ];
    expect(held(works, { group: now + 1 }).sendable).toEqual(["same-group"]);
  });

  test("says when the first of several may go", () => {
    const works = [singleWork("a", group("P")), singleWork("b", group("Q")), singleWork("c", group("R"))];
    expect(held(works, { a: now + 9000, b: now + 2000, c: now + 4000 })).toEqual({
      sendable: [],
      earliest: now + 2000,
    });
  });

  test("ends when its time has come, to the millisecond", () => {
    const works = [singleWork("a", group("P"))];
    expect(held(works, { a: now + 1 })).toEqual({ sendable: [], earliest: now + 1 });
    expect(held(works, { a: now })).toEqual({ sendable: ["a"], earliest: undefined });
  });

  test("holds nothing where nothing waits", () => {
    const works = [singleWork("a", group("P")), singleWork("b", member("a@x.com", "P"))];
    expect(held(works, {})).toEqual({ sendable: ["a", "b"], earliest: undefined });
  });
});
