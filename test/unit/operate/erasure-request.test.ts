import { describe, expect, test } from "vitest";
import { formatErasureCursor, parseErasure } from "../../../shared/operate/erasure-request.ts";

const mark = "ada@example.com";
const json = (body: unknown) => ({
  contentType: "application/json",
  body: typeof body === "string" ? body : JSON.stringify(body),
  isBase64Encoded: false,
});

test("A request names a person, and where to go on", () => {
  expect(parseErasure(json({ user: mark }))).toEqual({ ok: true, user: mark });
  for (const from of [{ status: "queued" }, { status: "failed", after: "2026-01-05T09:00:00.000Z#a-000" }] as const)
    expect(parseErasure(json({ user: mark, cursor: formatErasureCursor(from) }))).toEqual({
      ok: true,
      user: mark,
      from,
    });
});

describe("Another request is refused, and nothing of it repeated", () => {
  test.each<[string, ReturnType<typeof json>, number]>([
    ["no body", json(""), 400],
    ["not JSON", json(`{"user": ${mark}`), 400],
    ["nobody", json({}), 400],
    ["an empty name", json({ user: "" }), 400],
    ["a list of people", json({ user: [mark] }), 400],
    ["a key that is not known", json({ user: mark, everything: true }), 400],
    ["a name that is too long", json({ user: mark.repeat(20) }), 400],
    ["a cursor of another route", json({ user: mark, cursor: "MjAyNi0wMS0wNQ" }), 400],
    [
      "a cursor of an unknown status",
      json({ user: mark, cursor: Buffer.from('{"status":"x"}').toString("base64url") }),
      400,
    ],
    ["a form", { ...json(`user=${mark}`), contentType: "application/x-www-form-urlencoded" }, 415],
  ])("%s", (_, request, status) => {
    const parsed = parseErasure(request);
    expect(parsed).toMatchObject({ ok: false, problem: { status } });
    expect(JSON.stringify(parsed)).not.toContain(mark);
  });
});
