import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { readInput } from "../../../../cli/input/read-input.ts";

const choices = { type: "federatedID", ifExists: "update" } as const;
const read = (bytes: Uint8Array) => readInput("-", choices, { stdin: Readable.from([bytes]) });

const heading = "mail\tfirstname\tlastname\tcountry_code\n";
const text = `${heading}a@example.com\tAnn\tLee\tUS\nzoe@example.com\tZoë\tGroß 李\tDE\n`;
const utf16be = Buffer.from(`\uFEFF${text}`, "utf16le").swap16();

describe("the encoding of a file", () => {
  test.each([
    ["UTF-8", Buffer.from(text)],
    ["UTF-8 with a byte order mark", Buffer.from(`\uFEFF${text}`)],
    ['UTF-16, as Excel saves "Unicode text" and PowerShell redirects', Buffer.from(`\uFEFF${text}`, "utf16le")],
    ["UTF-16 with the greater byte first", utf16be],
  ])("%s is read", async (_, bytes) => {
    const { entries, faults } = await read(bytes);
    expect(faults).toEqual([]);
    expect(entries[1]?.command).toMatchObject({
      do: [{ createFederatedID: { firstname: "Zoë", lastname: "Groß 李" } }],
    });
  });

  test.each([
    ["Windows-1252", Buffer.from(text.replace(" 李", ""), "latin1")],
    [
      "Windows-1251",
      Buffer.concat([Buffer.from(`${heading}a@example.com\tAnn\tLee\tUS\n`), Buffer.from([0xc7, 0xee, 0xff])]),
    ],
    ["Shift JIS", Buffer.concat([Buffer.from(`${heading}a@example.com\tAnn\tLee\tUS\n`), Buffer.from([0x97, 0x9b])])],
  ])("%s is refused with the line, and the way to UTF-8", async (_, bytes) => {
    await expect(read(bytes)).rejects.toMatchObject({
      name: "CommandError",
      message: expect.stringMatching(/line 3 is not text in UTF-8\.[\s\S]*"CSV UTF-8"[\s\S]*Export-Csv[\s\S]*iconv/),
    });
  });

  test.each([
    ["UTF-16 without a byte order mark", Buffer.from(text, "utf16le")],
    ["UTF-16 that is cut", utf16be.subarray(0, 21)],
    ["a spreadsheet", Buffer.from([0x50, 0x4b, 3, 4, 0x14, 0, 6, 0])],
  ])("%s is refused", async (_, bytes) => {
    await expect(read(bytes)).rejects.toMatchObject({
      name: "CommandError",
      message: expect.stringMatching(/cannot be read: .*Save it as (that|UTF-8)\.$/),
    });
  });
});
