import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkCommand } from "../../../shared/umapi/check-command.ts";

const update = { update: { firstname: "Jane" } };
const ofEmail = (email: string) => ({ user: email, do: [{ addAdobeID: { email } }] });
const ofUsername = (user: string) => ({ user, domain: "example.com", do: [update] });
const ofDomain = (domain: string) => ({ user: "jroe", domain, do: [update] });
const ofGroup = (usergroup: string) => ({ usergroup, do: [{ createUserGroup: { name: usergroup } }] });
const ofMembership = (group: string) => ({ user: "jane@example.com", do: [{ add: { group: [group] } }] });
const ofMember = (user: string) => ({ usergroup: "Design", do: [{ add: { user: [user] } }] });

function details(command: unknown): string[] {
  const checked = checkCommand(command);
  return checked.ok ? [] : checked.faults.map(({ detail }) => detail);
}

/** Each is refused, in so many words, wherever such a name can stand. */
function expectFlaw(commands: readonly unknown[], flaw: string): void {
  for (const command of commands) {
    expect(details(command)).not.toEqual([]);
    for (const detail of details(command)) expect(detail).toContain(`, with ${flaw}; expected `);
  }
}

describe("An email that must be a mistake is refused, with the reason", () => {
  test.each([
    ["mailto:jane@example.com", "mailto: at its start"],
    ["MAILTO:jane@example.com", "mailto: at its start"],
    ["<jane@example.com>", "U+003C less-than sign at position 1"],
    ["Jane Roe <jane@example.com>", "U+0020 space at position 5"],
    ['"jane"@example.com', "U+0022 quotation mark at position 1"],
    ["\u201cjane\u201d@example.com", "U+201C left double quotation mark at position 1"],
    ["o\u2019neil@example.com", "U+2019 right single quotation mark at position 2"],
    ["'jane@example.com'", "an apostrophe at its start"],
    ["`jane@example.com", "U+0060 grave accent at position 1"],
    ["jane@example.com;", "U+003B semicolon at position 17"],
    ["jane@example.com,bob@example.com", "U+002C comma at position 17"],
    ["=cmd|'/C calc'!A0@example.com", "a spreadsheet's formula in it"],
    ["=jane@example.com", "a spreadsheet's formula in it"],
    ["+1+1@example.com", "a spreadsheet's formula in it"],
    ["-2*3@example.com", "a spreadsheet's formula in it"],
    ["@SUM(A1)", "nothing before the @"],
    ["jane..roe@example.com", "two dots in a row"],
    [".jane@example.com", "a dot at its start"],
    ["jane.@example.com", "a dot before the @"],
    ["jane@roe@example.com", "more than one @"],
    ["jane\uff20roe@example.com", "U+FF20 fullwidth at sign at position 5"],
    ["jane(hr)@example.com", "U+0028 left parenthesis at position 5"],
    ["http://jane@example.com", "U+003A colon at position 5"],
    ["jane\\roe@example.com", "U+005C backslash at position 5"],
    ["jane🎈@example.com", "U+1F388 sign at position 5"],
    ["jane@example..com", "two dots in a row"],
    ["jane@.example.com", "a dot at the start of its domain"],
    ["jane@example.com.", "a dot at the end of its domain"],
    ["jane@example", "no dot in its domain"],
    ["jane@", "no domain"],
    ["jane@exa_mple.com", "U+005F underscore at position 9"],
    ["jane@exam ple.com", "U+0020 space at position 10"],
    ["jane@[192.0.2.1]", "U+005B left square bracket at position 6"],
    ["jane@192.0.2.1", "digits alone behind the last dot of its domain"],
    ["jane@-example.com", "a hyphen at the start or the end of a part of its domain"],
    ["jane@example-.com", "a hyphen at the start or the end of a part of its domain"],
    ["jane@example.com\u3002", "U+3002 ideographic full stop at position 17"],
    ["jane@\u0301example.com", "letters in its domain that no domain has together"],
    [`j@${"x".repeat(64)}.com`, "more than 63 characters between two dots of its domain"],
  ])("%s", (email, flaw) => {
    const command = ofEmail(email);
    expect(email.includes("@")).toBe(true);
    if (email.length <= 60)
      expectFlaw([command, { user: "jane@example.com", do: [{ update: { username: email } }] }], flaw);
    expectFlaw([{ user: email, do: [update] }, ofMember(email)], flaw);
  });
});

describe("A username that must be a mistake is refused, with the reason", () => {
  test.each([
    ["mailto:jroe", "mailto: at its start"],
    ["<jroe>", "U+003C less-than sign at position 1"],
    ["j roe", "U+0020 space at position 2"],
    ["jroe;bob", "U+003B semicolon at position 5"],
    ["=HYPERLINK(1)", "a spreadsheet's formula in it"],
    ["j..roe", "two dots in a row"],
    [".jroe", "a dot at its start"],
    ["jroe.", "a dot at its end"],
    ["'jroe", "an apostrophe at its start"],
    ["\u2018jroe\u2019", "U+2018 left single quotation mark at position 1"],
  ])("%s", (name, flaw) => {
    expectFlaw(
      [ofUsername(name), ofMember(name), { user: "jane@example.com", do: [{ update: { username: name } }] }],
      flaw,
    );
  });
});

describe("A domain that is not a host name is refused, with the reason", () => {
  test.each([
    ["example", "no dot in its domain"],
    ["example.com.", "a dot at the end of its domain"],
    [".example.com", "a dot at the start of its domain"],
    ["exam..ple.com", "two dots in a row"],
    ["exam_ple.com", "U+005F underscore at position 5"],
    ["@example.com", "U+0040 at sign at position 1"],
    ["https://example.com", "U+003A colon at position 6"],
    ["example.com/", "U+002F slash at position 12"],
    ["192.0.2.1", "digits alone behind the last dot of its domain"],
  ])("%s", (domain, flaw) => {
    expectFlaw([ofDomain(domain)], flaw);
  });
});

const unseen: [string, string][] = [
  ["\u0000", "U+0000 null"],
  ["\t", "U+0009 tab"],
  ["\r", "U+000D carriage return"],
  ["\u007f", "U+007F delete"],
  ["\u0085", "U+0085 control character"],
  ["\u00ad", "U+00AD soft hyphen"],
  ["\u034f", "U+034F combining grapheme joiner"],
  ["\u200b", "U+200B zero width space"],
  ["\u200c", "U+200C zero width non-joiner"],
  ["\u200d", "U+200D zero width joiner"],
  ["\u200e", "U+200E left-to-right mark"],
  ["\u202e", "U+202E right-to-left override"],
  ["\u2028", "U+2028 line separator"],
  ["\u2060", "U+2060 word joiner"],
  ["\u2064", "U+2064 format character"],
  ["\u2800", "U+2800 blank Braille pattern"],
  ["\u3164", "U+3164 Hangul filler"],
  ["\ufe0f", "U+FE0F variation selector 16"],
  ["\ufeff", "U+FEFF byte order mark"],
  ["\ufff9", "U+FFF9 format character"],
  ["\u{e0041}", "U+E0041 format character"],
  ["\u{e0100}", "U+E0100 invisible character"],
  ["\ufffd", "U+FFFD replacement character (it was not UTF-8)"],
  ["\ud83c", "U+D83C half of a surrogate pair"],
];

describe("Control, format and invisible characters are refused by name in every name but a person's", () => {
  test.each(unseen)("%j", (character, name) => {
    const at = (position: number) => `${name} at position ${position}`;
    expectFlaw(
      [ofEmail(`ja${character}ne@example.com`), ofUsername(`ja${character}ne`), ofDomain(`ex${character}ample.com`)],
      at(3),
    );
    expectFlaw([ofEmail(`jane@ex${character}ample.com`)], at(8));
    expectFlaw([ofGroup(`🎈 ${character}`), ofMembership(`🎈 ${character}`)], at(3));
  });

  test("a blank among them is blank", () => {
    for (const blank of ["\u200b", "\u3164 ", "\u00ad\u2800"])
      expect(details({ user: "jane@example.com", do: [{ update: { lastname: blank } }] })).toHaveLength(1);
  });
});

describe("An unusual name that could be meant is accepted", () => {
  test.each([
    "jane.roe@example.com",
    "o'neil@example.com",
    "jane+adobe@example.com",
    "+491701234567@example.com",
    "+jane@example.com",
    "-jane@example.com",
    "jane_roe-1@sub.exam-ple.co.uk",
    "!#$%&*/?^{|}~@example.com",
    "j@xn--mnchen-3ya.de",
    "jane@3com.com",
    "josé@example.com",
    "jose\u0301@example.com",
    "jane@münchen.de",
    "用户@例え.jp",
  ])("the email %s", (email) => {
    for (const command of [ofEmail(email), ofMember(email)])
      expect(checkCommand(command)).toEqual({ ok: true, command });
  });

  test.each(["jroe", "j.roe", "o'neil", "HR\\jroe", "a:b/c", "jroe#1", "用户", "+491701234567", "jos\u00e9"])(
    "the username %s",
    (name) => {
      for (const command of [ofUsername(name), ofMember(name)])
        expect(checkCommand(command)).toEqual({ ok: true, command });
    },
  );

  test.each([
    '"Design" <Team>; R&D, "Ø" = 1 + 1',
    "=SUM(A1)",
    "..",
    " Padded ",
    "No-break\u00a0space",
    "Team ❤️",
    "👩‍💻 Engineers",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿 England",
    "1️⃣",
    "Größe",
    "Gro\u0308ße",
  ])("the group %s", (name) => {
    for (const command of [ofGroup(name), ofMembership(name)])
      expect(checkCommand(command)).toEqual({ ok: true, command });
  });

  test("a person's name as it is written, with the joiners that some scripts need", () => {
    const command = {
      user: "jane@example.com",
      do: [{ update: { firstname: "علی\u200cرضا", lastname: "O’Neil, “Jr.”" } }],
    };
    expect(checkCommand(command)).toEqual({ ok: true, command });
  });
});

test("Whatever is refused, the words are ours alone", () => {
  const mark = "qx7Zk9";
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 10 }),
      fc.constantFrom(ofEmail, ofUsername, ofDomain, ofGroup),
      (text, of) => {
        expect(details(of(`${mark}${text}@${mark}`)).join()).not.toContain(mark);
      },
    ),
  );
});
