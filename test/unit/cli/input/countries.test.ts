import { iso31661 } from "iso-3166/1.js";
import { describe, expect, test } from "vitest";
import { countryCode } from "../../../../shared/umapi/countries.ts";
import { itemAt } from "../../../support/commands.ts";
import { readFileText } from "../../../support/read-file-text.ts";

describe("a country", () => {
  test.each([
    [
      "US",
      ["us", "USA", "U.S.", "U.S.A.", "United States", "united states of america", "The United States", "America"],
    ],
    ["GB", ["gb", "UK", "uk", "U.K.", "GBR", "United Kingdom", "Great Britain", "England", "scotland"]],
    ["DE", ["de", "DEU", "Germany", "GERMANY "]],
    [
      "KR",
      ["KOR", "South Korea", "Korea, South", "Republic of Korea", "Korea, Republic of", "Korea (the Republic of)"],
    ],
    ["CI", ["Côte d'Ivoire", "Cote d’Ivoire", "Ivory Coast"]],
    ["GR", ["EL", "Greece"]],
    ["NL", ["Netherlands", "The Netherlands", "Holland", "Netherlands (Kingdom of the)"]],
    ["CZ", ["Czechia", "Czech Republic"]],
    ["TR", ["Türkiye", "Turkiye", "Turkey"]],
    ["VN", ["Viet Nam", "Vietnam"]],
    ["RU", ["Russia", "Russian Federation", "The Russian Federation"]],
    ["IR", ["Iran", "Iran (Islamic Republic of)", "Islamic Republic of Iran"]],
    ["CD", ["Congo, Democratic Republic of the", "DR Congo", "The Democratic Republic of the Congo"]],
    ["BA", ["Bosnia & Herzegovina", "Bosnia and Herzegovina"]],
    ["AE", ["UAE", "United Arab Emirates"]],
    ["KN", ["St. Kitts & Nevis", "Saint Kitts and Nevis"]],
    ["ES", ["Spain", "Kingdom of Spain"]],
    ["SG", ["Republic of Singapore", "SGP - Singapore", "Singapore [SG]"]],
    ["US", ["United States (US)", "US - United States of America", "USA/US"]],
    ["TW", ["Taiwan", "Republic of China"]],
    ["DO", ["Dominican Republic"]],
  ])("%s is understood however it is written", (code, ways) => {
    for (const way of ways) expect([way, countryCode(way)]).toEqual([way, code]);
  });

  test("of ISO's table is itself by each code and name of that, and by today's English name", () => {
    const english = new Intl.DisplayNames("en", { type: "region" });
    expect(iso31661.length).toBe(249);
    for (const { alpha2, alpha3, name } of iso31661)
      for (const way of [alpha2, alpha3.toLowerCase(), name, english.of(alpha2) ?? ""])
        expect([way, countryCode(way)]).toEqual([way, alpha2]);
  });

  test.each(["", "XX", "ZZ", "EU", "XK", "UD", "Korea", "Utopia", "Paris", "CA - California", "US or UK"])(
    "%j is none, or not plain",
    (text) => {
      expect(countryCode(text)).toBeUndefined();
    },
  );

  test.each([
    ["Germny", "DE for Germany"],
    ["Untied Kingdom", "GB for United Kingdom"],
    ["Swizerland", "CH for Switzerland"],
    ["Deutschland", "DE for Germany"],
    ["España", "ES for Spain"],
  ])("%s in a file is told with the line, the column, and what may be meant", async (written, meant) => {
    const { faults } = await readFileText(`mail,firstname,lastname,Country Code\na@example.com,A,B,${written}\n`);
    expect(faults).toEqual([
      { at: 'line 2, column "Country Code"', detail: expect.stringContaining(`"${written}" is not a country`) },
    ]);
    expect(itemAt(faults, 0).detail).toContain(`did you mean ${meant}?`);
    const json = [{ user: "a@example.com", do: [{ addAdobeID: { email: "a@example.com", country: written } }] }];
    expect((await readFileText(JSON.stringify(json))).faults).toEqual([
      { at: "operation 1, /do/0/addAdobeID/country", detail: itemAt(faults, 0).detail },
    ]);
  });

  test.each(["UK", "gb", "United Kingdom"])("%s is understood in JSON and JSON lines too", async (written) => {
    const command = { user: "a@example.com", do: [{ addAdobeID: { email: "a@example.com", country: written } }] };
    const line = JSON.stringify(command);
    const meant = { ...command, do: [{ addAdobeID: { email: "a@example.com", country: "GB" } }] };
    expect((await readFileText(line)).entries.map((entry) => entry.command)).toEqual([meant]);
    expect((await readFileText(`${line}\n${line}\n`)).entries.map((entry) => entry.command)).toEqual([meant, meant]);
  });
});
