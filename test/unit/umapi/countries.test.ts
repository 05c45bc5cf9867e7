import { iso31661 } from "iso-3166/1.js";
import { expect, test } from "vitest";
import { checkCommand } from "../../../shared/umapi/check-command.ts";

const steps = ["addAdobeID", "createEnterpriseID", "createFederatedID"] as const;

function faultsOf(step: (typeof steps)[number], country: string): readonly string[] {
  const fields = { email: "jane@example.com", firstname: "Jane", lastname: "Roe", country };
  const checked = checkCommand({ user: "jane@example.com", do: [{ [step]: fields }] });
  return checked.ok ? [] : checked.faults.map(({ pointer, detail }) => `${pointer}: ${detail}`);
}

test.each(steps)("%s takes each country that ISO 3166 assigns a code to", (step) => {
  for (const { alpha2 } of iso31661) expect([alpha2, faultsOf(step, alpha2)]).toEqual([alpha2, []]);
});

test.each(["UK", "EL", "EU", "XK", "UD", "AN", "YU", "ZZ", "us", "USA", "United Kingdom", "__", "toString"])(
  "%s is not a code of a country, and the API says what one is",
  (code) => {
    for (const step of steps)
      expect(faultsOf(step, code)).toEqual([
        `/do/0/${step}/country: a string of ${code.length} characters; expected a country's code of ISO 3166-1 in two upper-case letters, such as GB (not UK) for the United Kingdom`,
      ]);
  },
);
