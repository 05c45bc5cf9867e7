import { describe, expect, test } from "vitest";
import { accept } from "../../../shared/submit/accept.ts";
import type { Identity } from "../../../shared/webhooks/identity.ts";
import { type Mapped, mapRecord } from "../../../shared/webhooks/mapping.ts";
import { recordsOf } from "../../../shared/webhooks/records.ts";
import { type HrEvent, type HrPerson, tellers } from "../../support/hr-people.ts";
import { sourceOf } from "../../support/webhook-source.ts";

const now = Date.UTC(2026, 10, 26, 12);
const jane: HrPerson = {
  id: "7",
  email: "Jane.Roe@example.com",
  firstname: "Jane",
  lastname: "Roe",
  country: "United States",
  department: "Design",
};
const values = { groups: ["Everybody"], groupsOf: { Design: ["Creative Cloud 1"] }, leaveOut: ["Contractor"] };
const known = { email: "jane.roe@example.com" };
const names = { firstname: "Jane", lastname: "Roe" };
const add = { add: { group: ["Everybody", "Creative Cloud 1"] } };
const create = { ...names, email: "jane.roe@example.com", country: "US", option: "updateIfAlreadyExists" };
const joined = { user: "jane.roe@example.com", do: [{ createFederatedID: create }, add] };
const updated = { user: "jane.roe@example.com", do: [{ update: names }, add] };
const removed = { user: "jane.roe@example.com", do: [{ removeFromOrg: {} }] };

type Mapping = (event: HrEvent, person: HrPerson, previous?: Identity, at?: number) => Promise<Mapped>;

function mappingOf(preset: keyof typeof tellers): Mapping {
  const source = sourceOf({ preset, company: "acme", mapping: preset, values });
  return async (event, person, previous, at = now) => {
    const { payload, record } = tellers[preset](event, person);
    const named = await recordsOf(source, payload, at);
    expect(named).toEqual({ ok: true, records: [{ id: person.id, payload }] });
    const mapped = await mapRecord(source, { id: person.id, payload, record, previous, now: at });
    if (mapped.kind === "commands") {
      const operations = mapped.commands.map((value, index) => ({ value, pointer: `/${index}` }));
      const accepted = accept({ operations, testOnly: false, receivedAt: at }, { allowAccountDeletion: false });
      expect(accepted).toMatchObject({ ok: true });
    }
    return mapped;
  };
}

describe.each(["bamboohr", "hibob", "gusto", "finch"] as const)("By the ready mapping for %s", (preset) => {
  const map = mappingOf(preset);

  test("a joiner is created or updated, and added to groups", async () => {
    expect(await map("created", jane)).toEqual({ kind: "commands", commands: [joined], identity: known });
  });

  test("a mover is updated and added to groups", async () => {
    expect(await map("updated", jane, known)).toEqual({ kind: "commands", commands: [updated], identity: known });
  });

  test("a new work email goes to the user of the old one", async () => {
    expect(await map("updated", { ...jane, email: "jane.doe@example.com" }, known)).toEqual({
      kind: "commands",
      commands: [{ ...updated, do: [{ update: { ...names, email: "jane.doe@example.com" } }, add] }],
      identity: { email: "jane.doe@example.com" },
    });
  });

  test("a leaver is removed once, by the name that was known", async () => {
    const left = { ...jane, status: "left" } as const;
    const gone = { kind: "commands", commands: [removed], identity: { ...known, left: true } };
    expect(await map("updated", left, known)).toEqual(gone);
    expect(await map("updated", left)).toEqual(gone);
    expect(await map("updated", { ...left, email: "x@example.com" }, known)).toEqual(gone);
    expect(await map("updated", left, { ...known, left: true })).toMatchObject({ kind: "nothing" });
  });

  test("a record that is gone removes the person who was known, and otherwise fails", async () => {
    expect(await map("deleted", jane, known)).toMatchObject({ kind: "commands", commands: [removed] });
    expect(await map("deleted", jane, { ...known, left: true })).toMatchObject({ kind: "nothing" });
    expect(await map("deleted", jane)).toMatchObject({
      kind: "failed",
      reason: expect.stringMatching(/Nobody knows who left/),
    });
  });

  test("a rehire is created again", async () => {
    expect(await map("updated", jane, { ...known, left: true })).toEqual({
      kind: "commands",
      commands: [joined],
      identity: known,
    });
  });

  test("a leave changes nothing but what changed, and so does the return", async () => {
    expect(await map("updated", { ...jane, status: "on leave" }, known)).toMatchObject({ commands: [updated] });
    expect(await map("updated", jane, known)).toMatchObject({ commands: [updated] });
  });

  test("a record that lacks something waits", async () => {
    for (const lacking of ["email", "firstname", "lastname"] as const) {
      const { [lacking]: _, ...rest } = jane;
      expect(await map("created", rest), lacking).toMatchObject({
        kind: "incomplete",
        why: expect.stringMatching(/^no /),
      });
    }
  });
});

test.each(["bamboohr", "hibob", "finch"] as const)(
  "By the ready mapping for %s a person of whom the event says so has left, though the record can still be read",
  async (preset) => {
    const { payload } = tellers[preset]("deleted", jane);
    const { record } = tellers[preset]("updated", jane);
    const source = sourceOf({ preset, company: "acme", mapping: preset, values });
    expect(await mapRecord(source, { id: jane.id, payload, record, previous: known, now })).toMatchObject({
      commands: [removed],
      identity: { ...known, left: true },
    });
  },
);

test.each(["bamboohr", "hibob"] as const)(
  "By the ready mapping for %s a contractor may be left out",
  async (preset) => {
    expect(await mappingOf(preset)("created", { ...jane, kind: "Contractor" })).toMatchObject({ kind: "nothing" });
  },
);

test.each(["bamboohr", "hibob", "finch"] as const)(
  "By the ready mapping for %s a country is needed",
  async (preset) => {
    const { country: _, ...rest } = jane;
    expect(await mappingOf(preset)("created", rest)).toMatchObject({ kind: "incomplete", why: "no country yet" });
    const source = sourceOf({ preset, company: "acme", values: { country: "DE", create: "createEnterpriseID" } });
    const mapped = await mapRecord(source, { id: "7", ...tellers[preset]("created", rest), previous: undefined, now });
    expect(mapped).toMatchObject({ commands: [{ do: [{ createEnterpriseID: { country: "DE" } }] }] });
  },
);

describe.each(["hibob", "gusto"] as const)("By the ready mapping for %s, which tells dates ahead", (preset) => {
  const map = mappingOf(preset);
  const day = 24 * 60 * 60 * 1000;

  test("somebody who starts next month is created then", async () => {
    const starting = { ...jane, from: "2026-12-15" };
    const mapped = await map("created", starting);
    expect(mapped).toMatchObject({ commands: [{ ...joined, notBefore: "2026-12-15T00:00:00.000Z" }] });
    const kept = mapped.kind === "commands" ? mapped.identity : undefined;
    expect(await map("updated", starting, kept, now + day)).toMatchObject({
      commands: mapped.kind === "commands" && mapped.commands,
    });
    expect(await map("updated", starting, kept, now + 30 * day)).toMatchObject({ commands: [updated] });
  });

  test("somebody who is gone before the first day was never there", async () => {
    const mapped = await map("created", { ...jane, from: "2026-12-15", until: "2026-12-31" });
    const kept = mapped.kind === "commands" ? mapped.identity : undefined;
    expect(await map("deleted", jane, kept, now + day)).toMatchObject({ kind: "nothing" });
    expect(await map("deleted", jane, kept, now + 25 * day)).toMatchObject({ commands: [removed] });
    expect(await map("deleted", jane, kept, now + 60 * day)).toMatchObject({ kind: "nothing" });
  });

  test("somebody whose last day is known is removed after it, unless that is withdrawn", async () => {
    const leaving = { ...jane, email: "jane.doe@example.com", until: "2026-12-31" };
    const mapped = await map("updated", leaving, known);
    const later = { ...removed, user: "jane.doe@example.com", notBefore: "2027-01-01T00:00:00.000Z" };
    expect(mapped).toMatchObject({ commands: [{ user: known.email }, later] });
    const kept = mapped.kind === "commands" ? mapped.identity : undefined;
    expect(await map("updated", { ...leaving, until: undefined }, kept, now + day)).toMatchObject({
      commands: [{ user: "jane.doe@example.com", do: [{ update: names }, add] }],
      identity: { email: "jane.doe@example.com" },
    });
    expect(await map("updated", { ...leaving, status: "left" }, kept, now + 60 * day)).toMatchObject({
      kind: "nothing",
    });
  });
});

test("A large payload of BambooHR is mapped without a record", async () => {
  const source = sourceOf({ preset: "bamboohr", readRecord: false, values });
  const fields = {
    workEmail: "jane.roe@example.com",
    firstName: "Jane",
    lastName: "Roe",
    country: "US",
    department: "Design",
    status: "Active",
  };
  const employee = {
    id: 7,
    action: "Created",
    fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value }])),
  };
  const named = await recordsOf(source, { employees: [employee, { id: 8, action: "Deleted", fields: {} }] }, now);
  const [one, other] = named.ok ? named.records : [];
  const input = { record: undefined, previous: undefined, now };
  expect(one && (await mapRecord(source, { ...one, ...input }))).toMatchObject({ commands: [joined] });
  expect(other && (await mapRecord(source, { ...other, ...input, previous: known }))).toMatchObject({
    commands: [removed],
  });
});

test("HiBob's records are read with fields by path too", async () => {
  const values = {
    "root/email": "jane.roe@example.com",
    "root/firstName": "Jane",
    "root/surname": "Roe",
    "address/country": "US",
    "internal/lifecycleStatus": "employed",
  };
  const record = Object.fromEntries(Object.entries(values).map(([path, value]) => [`/${path}`, { value }]));
  const source = sourceOf({ preset: "hibob" });
  const input = { id: "7", payload: { type: "employee.updated" }, previous: known, now };
  expect(await mapRecord(source, { ...input, record })).toMatchObject({ commands: [{ do: [{ update: names }] }] });
  const left = { ...record, "/internal/lifecycleStatus": { value: "terminated" } };
  expect(await mapRecord(source, { ...input, record: left })).toMatchObject({ commands: [removed] });
});
