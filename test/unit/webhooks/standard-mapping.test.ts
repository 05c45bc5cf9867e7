import { expect, test } from "vitest";
import { accept } from "../../../shared/submit/accept.ts";
import type { Identity } from "../../../shared/webhooks/identity.ts";
import { mapRecord } from "../../../shared/webhooks/mapping.ts";
import { recordsOf } from "../../../shared/webhooks/records.ts";
import { sourceOf } from "../../support/webhook-source.ts";

const now = Date.UTC(2026, 10, 26, 12);
const source = sourceOf({ preset: "standard" });
const jane = {
  email: "Jane@example.com",
  firstname: "Jane",
  lastname: "Roe",
  country: "germany",
  groups: ["Creative Cloud 1"],
};
const names = { firstname: "Jane", lastname: "Roe" };
const add = { add: { group: ["Creative Cloud 1"] } };
const known = { email: "jane@example.com" };

async function map(type: string, data: Readonly<Record<string, unknown>>, previous?: Identity) {
  const payload = { type, data };
  const named = await recordsOf(source, payload, now);
  const id = (named.ok && named.records[0]?.id) || "7";
  const mapped = await mapRecord(source, { id, payload, record: undefined, previous, now });
  if (mapped.kind !== "commands") return mapped;
  const operations = mapped.commands.map((value, index) => ({ value, pointer: `/${index}` }));
  const accepted = accept({ operations, testOnly: false, receivedAt: now }, { allowAccountDeletion: false });
  return { ...mapped, accepted: accepted.ok };
}

const create = { ...names, email: "jane@example.com", country: "DE", option: "updateIfAlreadyExists" };

test.each<[string, string, Readonly<Record<string, unknown>>, Identity | undefined, object]>([
  ["A joiner", "joined", jane, undefined, { user: "jane@example.com", do: [{ createFederatedID: create }, add] }],
  [
    "A joiner with a username",
    "joined",
    { ...jane, username: "jroe", domain: "example.com" },
    undefined,
    { user: "jroe", domain: "example.com", do: [{ createFederatedID: create }, add] },
  ],
  [
    "A joiner without groups who starts later",
    "joined",
    { ...jane, groups: undefined, effectiveAt: "2027-01-04" },
    undefined,
    { user: "jane@example.com", do: [{ createFederatedID: create }], notBefore: "2027-01-04T00:00:00.000Z" },
  ],
  ["A mover", "changed", jane, undefined, { user: "jane@example.com", do: [{ update: names }, add] }],
  [
    "A new email with the old one",
    "changed",
    { ...jane, email: "jd@example.com", previousEmail: "jane@example.com" },
    undefined,
    { user: "jane@example.com", do: [{ update: { ...names, email: "jd@example.com" } }, add] },
  ],
  [
    "A new email of somebody known",
    "changed",
    { ...jane, id: 7, email: "jd@example.com" },
    known,
    { user: "jane@example.com", do: [{ update: { ...names, email: "jd@example.com" } }, add] },
  ],
  [
    "A leaver",
    "left",
    { email: "jane@example.com" },
    undefined,
    { user: "jane@example.com", do: [{ removeFromOrg: {} }] },
  ],
  [
    "A leaver whose email has changed",
    "left",
    { id: "7", email: "x@example.com" },
    known,
    { user: "jane@example.com", do: [{ removeFromOrg: {} }] },
  ],
  ["A leaver by id alone", "left", { id: "7" }, known, { user: "jane@example.com", do: [{ removeFromOrg: {} }] }],
  [
    "A leaver with a username",
    "left",
    { username: "jroe", domain: "example.com" },
    undefined,
    { user: "jroe", domain: "example.com", do: [{ removeFromOrg: {} }] },
  ],
  [
    "A leaver dated ahead",
    "left",
    { email: "jane@example.com", effectiveAt: "2026-12-31T18:00:00+01:00" },
    undefined,
    { user: "jane@example.com", do: [{ removeFromOrg: {} }], notBefore: "2026-12-31T18:00:00+01:00" },
  ],
  [
    "A rehire",
    "joined",
    jane,
    { ...known, left: true },
    { user: "jane@example.com", do: [{ createFederatedID: create }, add] },
  ],
])("%s is one command that the API takes", async (_, type, data, previous, command) => {
  expect(await map(`person.${type}`, data, previous)).toMatchObject({
    kind: "commands",
    commands: [command],
    accepted: true,
  });
});

test("A leaver whom nobody can name fails, and one who left before is nothing to do", async () => {
  expect(await map("person.left", { id: "7" })).toMatchObject({
    kind: "failed",
    reason: expect.stringMatching(/^The mapping failed\. Nobody/),
  });
  expect(await map("person.left", { id: "7" }, { ...known, left: true })).toMatchObject({ kind: "nothing" });
});

test.each<[string, Identity]>([
  ["is to join", { ...known, from: now + 1 }],
  ["is to join once more", { ...known, from: now + 1, before: { email: "old@example.com", left: true } }],
])("A leaver who %s is removed by the name that is planned", async (_, previous) => {
  const removed = { user: known.email, do: [{ removeFromOrg: {} }] };
  expect(await map("person.left", { id: "7" }, previous)).toMatchObject({ commands: [removed], accepted: true });
});

test("A joiner without an email waits, and other events are nothing to do", async () => {
  expect(await map("person.joined", { ...jane, email: undefined })).toMatchObject({
    kind: "incomplete",
    why: "no email yet",
  });
  expect(await map("team.created", jane)).toMatchObject({ kind: "nothing" });
});

test("A time that nobody can read is refused, and does not mean at once", async () => {
  const left = await map("person.left", { email: "jane@example.com", effectiveAt: "31.12.2026" });
  expect(left).toMatchObject({ kind: "commands", accepted: false });
});
