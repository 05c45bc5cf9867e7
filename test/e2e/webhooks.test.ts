import { gzipSync } from "node:zlib";
import { describe, expect, test, vi } from "vitest";
import { presetNames } from "../../shared/webhooks/preset-names.ts";
import { type HrEvent, type HrPerson, tellers } from "../support/hr-people.ts";
import { runLocalStack } from "../support/local-stack.ts";
import { LocalWebhooks } from "../support/local-webhooks.ts";
import { patience } from "../support/patience.ts";

const stack = await runLocalStack("--rate", "1000/1");
const { sandbox } = stack;
const hr = new LocalWebhooks(stack);

async function userBecomes(email: string, expected: object | undefined) {
  await vi.waitFor(async () => {
    const user = (await sandbox.users()).find((each) => each.email === email);
    if (expected === undefined) expect(user).toBeUndefined();
    else expect(user).toMatchObject(expected);
  }, patience);
}

describe.each(["bamboohr", "hibob", "gusto", "finch"] as const)("What %s posts", (preset) => {
  const person: HrPerson = {
    id: `${preset}-7`,
    email: `${preset}@example.com`,
    firstname: "Jane",
    lastname: "Roe",
    country: "Germany",
  };

  async function tell(event: HrEvent, told: HrPerson) {
    const { payload, record } = tellers[preset](event, told);
    await hr.setRecord(preset, told.id, record);
    expect((await hr.deliver(preset, payload)).status).toBe(202);
  }

  test("makes a joiner a user, a mover another, and a leaver none", async () => {
    await tell("created", person);
    await userBecomes(`${preset}@example.com`, { firstname: "Jane", type: "federatedID" });
    await tell("updated", { ...person, email: `new.${preset}@example.com`, lastname: "Doe" });
    await userBecomes(`new.${preset}@example.com`, { firstname: "Jane", lastname: "Doe" });
    await tell("deleted", person);
    await userBecomes(`new.${preset}@example.com`, undefined);
    expect(await hr.deliveries(`source=${preset}&status=failed`)).toEqual([]);
  });

  test("waits for what is not complete", async () => {
    const { email: _, ...early } = { ...person, id: `${preset}-8` };
    await tell("created", early);
    await vi.waitFor(
      async () => expect(await hr.deliveries(`source=${preset}&status=incomplete`)).toHaveLength(1),
      patience,
    );
    await tell("updated", { ...early, email: `late.${preset}@example.com` });
    await userBecomes(`late.${preset}@example.com`, { firstname: "Jane" });
    await vi.waitFor(
      async () => expect(await hr.deliveries(`source=${preset}&status=incomplete`)).toEqual([]),
      patience,
    );
  });
});

test("An event of Standard Webhooks makes a joiner a user with groups, a mover another, and a leaver none", async () => {
  const data = {
    email: "sam@example.com",
    firstname: "Sam",
    lastname: "Poe",
    country: "US",
    groups: ["Creative Cloud 1"],
  };
  expect((await hr.deliver("standard", { type: "person.joined", data })).status).toBe(202);
  await userBecomes("sam@example.com", { firstname: "Sam", groups: ["Creative Cloud 1"] });
  await hr.deliver("standard", {
    type: "person.changed",
    data: { ...data, email: "sp@example.com", previousEmail: "sam@example.com" },
  });
  await userBecomes("sp@example.com", { firstname: "Sam" });
  await hr.deliver("standard", { type: "person.left", data: { email: "sp@example.com" } });
  await userBecomes("sp@example.com", undefined);
});

test("Whatever is not the sender's is 401 with one body, and leaves nothing behind", async () => {
  const before = (await hr.deliveries()).length;
  const refusals = new Set<string>();
  const payload = JSON.stringify({
    type: "person.joined",
    data: { email: "forged@example.com", firstname: "F", lastname: "F", country: "US" },
  });
  for (const preset of presetNames) {
    const good = hr.sign(preset, payload, Date.now());
    const old = hr.sign(preset, payload, Date.now() - 600_000);
    const changed = Buffer.from(good.body);
    changed[20] = (changed[20] ?? 0) ^ 1;
    const hasTimestamp = preset !== "hibob" && preset !== "gusto";
    for (const answer of [
      await hr.post(preset, good.headers, changed),
      await hr.post("nobody", good.headers, good.body),
      await hr.post(preset, {}, payload),
      ...(hasTimestamp ? [await hr.post(preset, old.headers, old.body)] : []),
    ])
      refusals.add(JSON.stringify(answer));
  }
  expect([...refusals]).toEqual([expect.stringMatching(/^\{"status":401,/)]);
  expect((await hr.deliveries()).length).toBe(before);
});

test("A body that is too large or compressed is refused before the source is looked at", async () => {
  const large = JSON.stringify({ text: "x".repeat(2 * 1024 * 1024) });
  for (const source of ["standard", "nobody"]) {
    expect((await hr.post(source, {}, large)).status).toBe(413);
    expect((await hr.post(source, { "content-encoding": "gzip" }, gzipSync("{}"))).status).toBe(415);
  }
});

test("A leaver whom nobody can name fails, and its retry works once the record is known", async () => {
  const { payload, record } = tellers.bamboohr("deleted", { id: "unknown" });
  await hr.setRecord("bamboohr", "unknown", record);
  await hr.deliver("bamboohr", payload);
  const failed = () => hr.deliveries("source=bamboohr&status=failed");
  await vi.waitFor(async () => expect(await failed()).toMatchObject([{ record: "unknown" }]), patience);
  const [{ id } = { id: "" }] = await failed();
  const known = { email: "found@example.com", firstname: "F", lastname: "O", country: "US" };
  await hr.deliver("standard", { type: "person.joined", data: known });
  await userBecomes("found@example.com", { firstname: "F" });
  await hr.setRecord("bamboohr", "unknown", tellers.bamboohr("created", { id: "unknown", ...known }).record);
  expect(await hr.retry(id)).toBe(202);
  await userBecomes("found@example.com", undefined);
});

test("Nothing that was printed has a name, an address, a payload or a key in it", () => {
  const { output } = stack.program;
  expect(output).toMatch(/^delivery [0-9a-f]{32} of bamboohr submitted$/m);
  // The example to paste is of nobody.
  const printed = output.slice(output.indexOf("\nReady"));
  expect(printed).not.toMatch(/@example\.com|Jane|Roe|Poe|employee\.|person\./);
  for (const key of hr.keys) expect(printed).not.toContain(key);
});
