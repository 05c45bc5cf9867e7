import fc from "fast-check";
import { expect, test } from "vitest";
import { mapRecord } from "../../shared/webhooks/mapping.ts";
import { presetNames } from "../../shared/webhooks/preset-names.ts";
import { type HrPerson, tellers } from "../support/hr-people.ts";
import { runs } from "../support/runs.ts";
import { sourceOf } from "../support/webhook-source.ts";

const now = Date.UTC(2026, 10, 26, 12);
const person: HrPerson = {
  id: "7",
  email: "jane.roe@example.com",
  firstname: "Jane",
  lastname: "Roe",
  country: "Germany",
  department: "Design",
  kind: "Contractor",
  from: "2026-12-01",
  until: "2027-01-31",
};
const odd = fc.constantFrom(null, undefined, "", " ", 7, true, [], {}, ["x"], { value: null }, "not what is expected");

/** A JSON value with some of its leaves replaced by odd ones. */
function damaged(value: unknown): fc.Arbitrary<unknown> {
  const kept = Array.isArray(value)
    ? fc.tuple(...value.map(damaged))
    : typeof value === "object" && value !== null
      ? fc.record(Object.fromEntries(Object.entries(value).map(([key, each]) => [key, damaged(each)])))
      : fc.constant(value);
  return fc.oneof({ weight: 6, arbitrary: kept }, { weight: 1, arbitrary: odd });
}

const values = fc.constantFrom(
  {},
  { groups: ["A"], groupsOf: { Design: ["B"] }, leaveOut: ["Contractor"], country: "DE" },
);
const previous = fc.constantFrom(
  undefined,
  { email: "jane.roe@example.com" },
  { username: "jr", domain: "example.com", left: true },
);
const said =
  /^The mapping failed\. (Nobody knows who left|Line \d+, column \d+: it cannot be worked out with this input \(D3110\))/;

test.each(presetNames)("The ready mapping for %s has a result for whatever a record lacks", async (preset) => {
  const source = (each: object) => sourceOf({ preset, company: "acme", values: each });
  const told =
    preset === "standard"
      ? {
          payload: {
            type: "person.changed",
            data: { ...person, groups: ["A"], username: "jr", effectiveAt: "2027-01-01" },
          },
          record: undefined,
        }
      : tellers[preset]("updated", person);
  await fc.assert(
    fc.asyncProperty(
      damaged(told.payload),
      damaged(told.record),
      values,
      previous,
      async (payload, record, given, before) => {
        const input = { id: "7", payload, record: preset === "standard" ? undefined : record, previous: before, now };
        const mapped = await mapRecord(source(given), input);
        if (mapped.kind === "failed") expect(mapped.reason).toMatch(said);
      },
    ),
    { numRuns: runs(200) },
  );
});
