import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseJsonText } from "../../shared/submit/json-text.ts";
import { runs } from "../support/runs.ts";

const json = fc.json({ maxDepth: 6 });

/** Text of JSON's own characters, and JSON with a character put in or taken out. */
const nearlyJson = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'[]{},:" \n-+.eE019tfnullrueas\\/\u0001') }),
  fc
    .tuple(json, fc.nat(), fc.constantFrom("", ",", '"', "}", "0", "\\", "\\u12", "\t", "\u001f", "é"))
    .map(([text, at, inserted]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + inserted + text.slice(inserted === "" ? place + 1 : place);
    }),
);

describe("JSON that a stranger sent", () => {
  test("is read as JSON.parse reads it", () => {
    fc.assert(
      fc.property(json, (text) => {
        expect(parseJsonText(text)).toEqual({ ok: true, value: JSON.parse(text) });
      }),
    );
  });

  test("is found wrong exactly where JSON.parse finds it wrong", () => {
    fc.assert(
      fc.property(nearlyJson, (text) => {
        const parsed = parseJsonText(text);
        if (!parsed.ok && parsed.flaw !== "syntax") return;
        expect(parsed.ok).toBe(isJson(text));
      }),
      { numRuns: runs(2_000) },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
