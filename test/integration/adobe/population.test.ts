import { describe, expect, test } from "vitest";
import { Organisation } from "../../../infra/local/adobe/organisation.ts";
import { part, Roll } from "../../../infra/local/adobe/roll.ts";
import type { User } from "../../../infra/local/adobe/users.ts";

const organisation = (users: number) => new Organisation({ random: Math.random, users });

describe("an organisation that starts with people", () => {
  test("has as many as asked for, no two of one email, and none without asking", () => {
    const all = organisation(10_000).users.all();
    expect(new Set(all.map(({ email }) => email)).size).toBe(10_000);
    expect(all.every(({ email }) => /^[a-z]+\.[a-z]+\d*@example\.(com|org)$/.test(email))).toBe(true);
    expect(organisation(0).users.all()).toEqual([]);
    expect(organisation(0).groups.all()).toHaveLength(6);
  });

  test("has the same people each time, in groups, of every type", () => {
    const shown = (users: readonly User[]) =>
      users.map(({ id: _, groups, ...person }) => ({ ...person, groups: [...groups].map(({ name }) => name) }));
    const people = shown(organisation(100).users.all());
    expect(shown(organisation(100).users.all())).toEqual(people);
    expect(new Set(people.map(({ type }) => type))).toEqual(new Set(["federatedID", "enterpriseID", "adobeID"]));
    expect(people.every(({ groups }) => groups.length > 0)).toBe(true);
    expect(people.some(({ username, email }) => username !== email)).toBe(true);
  });
});

describe("a roll", () => {
  const letters = () => {
    const roll = new Roll<string>();
    for (const letter of "abcdef") roll.add(letter);
    return roll;
  };

  test("keeps the order of arrival, whatever leaves and comes back between two slices", () => {
    const roll = letters();
    expect(roll.slice(1, 3)).toEqual(["b", "c"]);
    roll.add("g");
    roll.add("a");
    expect(roll.slice(5, 9)).toEqual(["f", "g"]);
    roll.delete("b");
    roll.delete("z");
    roll.add("b");
    expect(roll.slice(0, 99)).toEqual(["a", "c", "d", "e", "f", "g", "b"]);
    expect(roll.size).toBe(7);
  });

  test.each([
    [0, 2, ["a", "b"]],
    [4, 99, ["e", "f"]],
    [9, 12, []],
    [3, 1, []],
  ])("has a part from %i to %i", (start, end, expected) => {
    const found = part(letters(), start, end);
    expect([found.size, found.slice(0, 99)]).toEqual([expected.length, expected]);
    expect(found.slice(1, 2)).toEqual(expected.slice(1, 2));
  });
});
