import { expect, test } from "vitest";
import { readIni } from "../../../cli/config/ini.ts";

test("An INI file is read as Python's configparser reads it", () => {
  const sections = readIni(
    [
      "# a comment",
      "[server]\r",
      "host = usermanagement.adobe.io\r",
      "; another",
      "[enterprise]",
      "Org_ID: A495E53@AdobeOrg",
      "  client_secret=abc;def#ghi=jkl  ",
      "tech_acct =",
      "no value",
    ].join("\n"),
  );
  expect(Object.fromEntries(sections.get("server") ?? [])).toEqual({ host: "usermanagement.adobe.io" });
  expect(Object.fromEntries(sections.get("enterprise") ?? [])).toEqual({
    org_id: "A495E53@AdobeOrg",
    client_secret: "abc;def#ghi=jkl",
    tech_acct: "",
  });
});
