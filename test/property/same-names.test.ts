import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rootKey } from "../../shared/ledger/item.ts";
import { conflict, touches } from "../../shared/planning/conflicts.ts";
import { join } from "../../shared/planning/join.ts";
import { checkCommand } from "../../shared/umapi/check-command.ts";
import { foldedName, isSameName } from "../../shared/umapi/folded-name.ts";
import { arbitraryCommand } from "../support/arbitrary-commands.ts";
import { Edge } from "../support/edge.ts";
import { acceptedIds } from "../support/edge-answers.ts";
import { naivelyConflict } from "../support/naive-rules.ts";
import { operationOf } from "../support/operations.ts";
import { runs } from "../support/runs.ts";

/** One name as different systems write it. */
const spellings: [string, string, string][] = [
  ["é in one character, and e with an accent behind it", "Jos\u00e9", "jose\u0301"],
  ["Å as a letter, as a letter with a ring, and as the unit", "\u00c5sa", "\u212bSA"],
  ["Hangul in syllables and in its letters", "\ud55c\uae00", "\ud55c\uae00".normalize("NFD")],
  ["accents in another order", "q\u0307\u0323", "Q\u0323\u0307"],
  ["capital and small final sigma", "ΟΔΟΣ", "οδος"],
  ["a small letter that composes where its capital does not", "\u01f0", "J\u030c"],
  ["Turkish İ", "\u0130pek", "I\u0307PEK"],
  ["letter case alone", "ZOË", "zoë"],
];

describe("Composed and decomposed Unicode, in any letter case, are one name", () => {
  test.each(spellings)("%s", (_, one, other) => {
    expect(isSameName(one, other)).toBe(true);
    for (const kind of ["user", "usergroup"] as const) expect(rootKey(kind, one)).toBe(rootKey(kind, other));
    const onUser = (user: string) => ({ user, domain: "example.com", do: [{ update: { firstname: "A" } }] });
    const onGroup = (usergroup: string) => ({ usergroup, do: [{ updateUserGroup: { description: "A" } }] });
    for (const on of [onUser, onGroup]) {
      expect(conflict(touches(on(one)), touches(on(other)))).toBe(true);
      expect(join([operationOf("a", on(one)), operationOf("b", on(other))], 1000)).toHaveLength(1);
    }
    expect(checkCommand({ user: "a@b.com", do: [{ add: { group: [one, other] } }] })).toMatchObject({
      ok: false,
      faults: [{ pointer: "/do/0/add/group/1" }],
    });
  });

  test("for every letter there is", () => {
    for (let code = 0; code <= 0x10ffff; code++) {
      const letter = String.fromCodePoint(code);
      if (/\p{Cn}|\p{Co}|\p{Cs}/u.test(letter)) continue;
      const folded = foldedName(letter);
      const inOtherCase = [letter.toUpperCase(), letter.toLowerCase()].filter((each) => [...each].length === 1);
      for (const other of new Set([...inOtherCase, letter.normalize("NFD"), letter.normalize("NFC"), folded]))
        if (other !== letter && foldedName(other) !== folded)
          expect(`U+${code.toString(16)} as ${other}`).toBe("the same");
    }
  });

  test("for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(foldedName(text.normalize("NFD"))).toBe(foldedName(text));
        expect(foldedName(text.toLowerCase())).toBe(foldedName(text));
        expect(foldedName(foldedName(text))).toBe(foldedName(text));
      }),
    );
  });
});

test.each([
  ["Straße", "Strasse"],
  ["resume", "résumé"],
  ["ﬁn", "fin"],
  ["Ⅳ", "IV"],
])("Names that only look alike are two: %s and %s", (one, other) => {
  expect(isSameName(one, other)).toBe(false);
});

test("Commands conflict by name, however the names are written", () => {
  const written = (...names: string[]) => names.flatMap((name) => [name, name.normalize("NFD"), name.toUpperCase()]);
  const command = arbitraryCommand({
    users: ["ada@example.com", ...written("josé", "zoë", "ådne")],
    groups: written("Café", "한글", "Tō"),
  });
  fc.assert(
    fc.property(command, command, (one, other) => {
      expect(conflict(touches(one), touches(other))).toBe(naivelyConflict(one, other));
    }),
    { numRuns: runs(500) },
  );
});

test("A listing by user finds every spelling", async () => {
  const edge = await Edge.create();
  const submit = async (user: string) =>
    acceptedIds(
      await edge.submit({
        headers: [["content-type", "application/json"]],
        body: Buffer.from(JSON.stringify({ user, domain: "example.com", do: [{ remove: "all" }] })),
      }),
    );
  const ids = [...(await submit("Jos\u00e9")), ...(await submit("jose\u0301")), ...(await submit("JOS\u00c9"))];
  for (const user of ["jos\u00e9", "JOSE\u0301"]) {
    const { text } = await edge.list(`user=${encodeURIComponent(user)}`);
    for (const id of ids) expect(text).toContain(id);
  }
});
