import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Touches } from "../../../shared/planning/conflicts.ts";
import { isCrowded, keysToAskBy, keysToStandUnder, userKeys } from "../../../shared/room/names.ts";

const names = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}:${index}`);
const touching = (writes: readonly string[], reads: readonly string[]): Touches => ({
  writes: new Set(writes),
  reads: new Set(reads),
});
const digest = (name: string) => createHash("sha256").update(name).digest();

describe("an operation stands under its names", () => {
  test("each hashed, because they are personal data; what it writes is not read as well", () => {
    const { writes, reads } = keysToStandUnder(touching(["user:a", "group:g"], ["group:g", "group:h"]));
    const hashed = (name: string) => digest(name).toString("base64url").slice(0, 22);
    expect(writes).toEqual([hashed("user:a"), hashed("group:g")]);
    expect(reads).toEqual([hashed("group:h")]);
  });

  test.each([
    { writes: 60, reads: 40, crowded: false },
    { writes: 60, reads: 41, crowded: true },
    { writes: 0, reads: 101, crowded: true },
    { writes: 101, reads: 0, crowded: true },
  ])("or under buckets of them if they are more than a hundred: $writes and $reads", ({ writes, reads, crowded }) => {
    const touched = touching(names("user", writes), names("group", reads));
    expect(isCrowded(touched)).toBe(crowded);
    const keys = keysToStandUnder(touched);
    const all = [...keys.writes, ...keys.reads];
    expect(all.every((key) => key.startsWith("bucket-"))).toBe(crowded);
    if (crowded) expect(all.length).toBeLessThanOrEqual(64);
    else expect(all).toHaveLength(writes + reads);
  });

  test("the bucket of a name is the same for everybody, one of 64", () => {
    const touched = touching(names("user", 150), []);
    const expected = new Set(names("user", 150).map((name) => `bucket-${(digest(name)[0] ?? 0) % 64}`));
    expect(new Set(keysToStandUnder(touched).writes)).toEqual(expected);
  });
});

describe("a command asks", () => {
  const touched = touching(["user:a"], ["group:g"]);

  test("by its names, while nobody stands under buckets", () => {
    expect(keysToAskBy(touched, false)).toEqual(keysToStandUnder(touched));
  });

  test("by their buckets as well, if somebody may", () => {
    const { writes, reads } = keysToAskBy(touched, true);
    const bucket = (name: string) => `bucket-${(digest(name)[0] ?? 0) % 64}`;
    expect(writes).toEqual([...keysToStandUnder(touched).writes, bucket("user:a")]);
    expect(reads).toEqual([...keysToStandUnder(touched).reads, bucket("group:g")]);
  });

  test("by its exact names too if it is a crowd itself", () => {
    const crowd = touching(names("user", 101), []);
    expect(keysToAskBy(crowd, false).writes).toHaveLength(101);
  });
});

describe("a leaver and the work before it meet", () => {
  test("by the users whom they write, and by no group and nothing that they only read", () => {
    const { writes } = keysToStandUnder(touching(["user:a", "user:b"], []));
    expect(userKeys(touching(["user:a", "group:g", "user:b"], ["user:c", "group:h"]))).toEqual(writes);
    expect(userKeys(touching(["group:g"], ["user:c"]))).toEqual([]);
  });

  test("by each name of its own, however many there are", () => {
    const many = names("user", 101);
    expect(userKeys(touching(many, []))).toEqual(many.flatMap((name) => keysToStandUnder(touching([name], [])).writes));
  });
});
