import { expect, test } from "vitest";
import { payloadOf } from "../../../shared/webhooks/payload.ts";
import { deliveryIdOf, recordsOf } from "../../../shared/webhooks/records.ts";
import { sourceOf } from "../../support/webhook-source.ts";

const now = Date.UTC(2026, 10, 26, 12);
const bamboohr = sourceOf({ preset: "bamboohr", company: "acme" });
const hibob = sourceOf({ preset: "hibob" });

test.each([
  ["bamboohr", { type: "employee.updated", data: { employeeId: "67890" } }, ["67890"]],
  ["hibob", { type: "employee.created", data: { employeeId: "3332883804235817526" } }, ["3332883804235817526"]],
  ["finch", { event_type: "individual.updated", data: { individual_id: "i-1" } }, ["i-1"]],
  ["gusto", { uuid: "u", event_type: "employee.created", entity_type: "Employee", entity_uuid: "e-1" }, ["e-1"]],
  ["gusto", { uuid: "u", event_type: "company.provisioned", entity_type: "Company", entity_uuid: "c-1" }, []],
  ["standard", { type: "person.left", data: { email: "jane@example.com" } }, ["jane@example.com"]],
  ["standard", { type: "person.left", data: { id: 7, email: "jane@example.com" } }, ["7"]],
  ["standard", [], []],
])("A delivery of %s names its records", async (preset, payload, ids) => {
  const found = await recordsOf(sourceOf({ preset, company: "acme" }), payload, now);
  expect(found).toEqual({ ok: true, records: ids.map((id) => ({ id, payload })) });
});

test("A large payload of BambooHR names each employee once, with what it says of them last", async () => {
  const one = { id: 5, action: "Created" };
  const again = { id: 5, action: "Updated" };
  const other = { id: 6, action: "Deleted" };
  expect(await recordsOf(bamboohr, { employees: [one, other, again] }, now)).toEqual({
    ok: true,
    records: [
      { id: "5", payload: again },
      { id: "6", payload: other },
    ],
  });
});

test.each([
  ["an object", '{ "name": "Jane" }'],
  ["an empty text", '""'],
  ["a long text", '$pad("Jane", 300)'],
  ["true", "true"],
])("%s is not an id, and is not quoted", async (_, records) => {
  const found = await recordsOf(sourceOf({ preset: "hibob", records }), {}, now);
  expect(found.ok).toBe(false);
  expect(JSON.stringify(found)).not.toContain("Jane");
});

test.each([11, 3000, 120_000])("A form whose names have %i brackets is read at once, and nests nothing", (brackets) => {
  const name = `a${"[]".repeat(brackets)}`;
  const form = { headers: { "content-type": "application/x-www-form-urlencoded" }, body: Buffer.from(`${name}=1`) };
  expect(payloadOf(form)).toEqual({ ok: true, payload: { [name]: "1" } });
});

test("A form says what the same JSON says", () => {
  const form = "type=employee.updated&data%5BemployeeId%5D=67890&data[changedFields][0]=firstName&__proto__[x]=1";
  const read = payloadOf({ headers: { "content-type": "application/x-www-form-urlencoded" }, body: Buffer.from(form) });
  expect(read).toMatchObject({
    ok: true,
    payload: { type: "employee.updated", data: { employeeId: "67890", changedFields: { "0": "firstName" } } },
  });
  expect({}).not.toHaveProperty("x");
});

test("A delivery's id is the sender's, and otherwise a hash of its body", async () => {
  const body = Buffer.from('{"uuid":"u-1"}');
  const posted = { method: "POST", headers: { "webhook-id": "msg_1" }, body };
  const ids = await Promise.all([
    deliveryIdOf(sourceOf({ preset: "standard" }), posted, {}, now),
    deliveryIdOf(sourceOf({ preset: "gusto" }), posted, { uuid: "u-1" }, now),
    deliveryIdOf(hibob, posted, {}, now),
    deliveryIdOf(hibob, { ...posted, body: Buffer.from("{}") }, {}, now),
    deliveryIdOf(sourceOf({ preset: "hibob" }, "other"), posted, {}, now),
  ]);
  expect(ids.map(({ given }) => given)).toEqual([true, true, false, false, false]);
  expect(new Set(ids.map(({ id }) => id)).size).toBe(5);
  for (const { id } of ids) expect(id).toMatch(/^[0-9a-f]{64}$/);
});
