import { describe, expect, test } from "vitest";
import { joiner, mover, OperationsClient } from "../../client/main.ts";
import samples from "../fixtures/walkthrough.json" with { type: "json" };
import { createPerson, itemAt } from "../support/commands.ts";
import { runLocalStack } from "../support/local-stack.ts";

const { api, sandbox, queues, ports } = await runLocalStack("--rate", "100/6");

describe("the walkthrough's ten samples, submitted one after the other", () => {
  const ids: string[] = [];

  test("all succeed at first try", async () => {
    for (const commands of Object.values(samples)) {
      const handedIn = await api.handIn(commands);
      // One of them removes its user, and would supersede what still waits.
      for (const view of await api.finished(handedIn)) expect(view).toMatchObject({ status: "succeeded", attempts: 0 });
      ids.push(...handedIn);
    }
    expect(ids).toHaveLength(11);
    expect(new Set(ids).size).toBe(11);
  });

  test("leave the organisation as it should be", async () => {
    const users = await sandbox.users();
    const person = (firstname: string, lastname: string, email: string, type: string, groups: string[] = []) =>
      expect.objectContaining({ email, type, firstname, lastname, groups });
    expect(users).toHaveLength(6);
    expect(users).toEqual(
      expect.arrayContaining([
        person("Jane", "Roe", "jane.roe@example.com", "enterpriseID"),
        person("M", "M", "mary.major@example.com", "federatedID"),
        person("Richard", "Miles", "rmiles@example.com", "federatedID"),
        person("Carla", "Coe", "carla.coe@example.com", "enterpriseID", ["TestGroup1", "Creative Cloud 1"]),
        person("First", "User", "first.user@example.com", "enterpriseID"),
        person("Second", "User", "second.user@example.com", "enterpriseID"),
      ]),
    );
    expect(await sandbox.user("rmiles@example.com")).toMatchObject({ username: "rmiles" });
  });

  test("leave nothing in the queues", async () => {
    await queues.emptied();
    expect(await queues.deadLetters()).toBe(0);
  });

  test("are found by id, each under the person it is about", async () => {
    const users = Object.values(samples).flatMap((commands) => commands.map(({ user }) => user));
    for (const [index, id] of ids.entries()) expect(await api.operation(id)).toMatchObject({ id, user: users[index] });
  });

  test("are listed from new to old, in pages that a cursor joins", async () => {
    const pages = await api.pages("?limit=4");
    expect(pages.map((page) => page.length)).toEqual([4, 4, 3]);
    const listed = pages.flat();
    expect(listed.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    const times = listed.map(({ acceptedAt }) => acceptedAt);
    expect(times).toEqual(times.toSorted().toReversed());
  });

  test("are listed by status", async () => {
    expect((await api.page("?status=succeeded")).operations).toHaveLength(11);
    expect(await api.page("?status=failed")).toEqual({ operations: [] });
    expect(await api.page("?status=queued")).toEqual({ operations: [] });
  });

  test("are listed by user, in any letter case", async () => {
    const { operations } = await api.page("?user=Mary.Major@Example.com");
    // CreateFederatedUser, UpdateUser, AddGroupsProducts, RemoveGroups
    expect(operations.map(({ id }) => id)).toEqual(
      ids
        .slice(2, 8)
        .filter((_, index) => index !== 1)
        .slice(0, 4)
        .toReversed(),
    );
    expect((await api.page("?user=rmiles")).operations).toHaveLength(1);
    expect(await api.page("?user=nobody@example.com")).toEqual({ operations: [] });
  });
});

describe("operations on one person", () => {
  test("take effect in the order submitted, call by call", async () => {
    const user = "order@example.com";
    const calls = [
      createPerson(user),
      { user, do: [{ add: { group: ["TestGroup1"] } }] },
      { user, do: [{ update: { lastname: "Earlier" } }] },
      { user, do: [{ remove: "all" }, { removeFromOrg: {} }] },
      createPerson(user),
      { user, do: [{ update: { lastname: "Early" } }] },
      { user, do: [{ add: { group: ["Creative Cloud 1"] } }] },
      { user, do: [{ update: { lastname: "Late" } }] },
    ];
    const ids: string[] = [];
    for (const command of calls) ids.push(...(await api.handIn(command)));
    for (const view of await api.finished(ids)) expect(view).toMatchObject({ status: "succeeded", attempts: 0 });
    expect(await sandbox.user(user)).toMatchObject({ lastname: "Late", groups: ["Creative Cloud 1"] });
  });

  test("take effect in the order submitted, within one call", async () => {
    const user = "order.within@example.com";
    const lastnames = Array.from({ length: 30 }, (_, index) => `Name ${index}`);
    const updates = lastnames.map((lastname) => ({ user, do: [{ update: { lastname } }] }));
    const ids = await api.handIn({ operations: [createPerson(user), ...updates] });
    for (const view of await api.finished(ids)) expect(view).toMatchObject({ status: "succeeded", attempts: 0 });
    expect((await sandbox.user(user)).lastname).toBe(itemAt(lastnames, -1));
  });

  test("that Adobe refuses fail alone, and say with what and where", async () => {
    const ids = await api.handIn([
      createPerson("good@example.com"),
      createPerson("refused@example.com", { add: { group: ["TestGroup1"] } }, { add: { group: ["No such group"] } }),
      createPerson("also.good@example.com"),
    ]);
    const [first, refused, third] = await api.finished(ids);
    expect([first?.status, third?.status]).toEqual(["succeeded", "succeeded"]);
    expect(refused).toMatchObject({
      status: "failed",
      error: { code: "error.group.not_found", message: expect.any(String), step: 2, certain: true },
    });
    expect((await sandbox.user("refused@example.com")).groups).toEqual(["TestGroup1"]);
  });
});

test("A program's nightly grant, revoke and grant do all three; a night that is run again does nothing twice", async () => {
  const client = new OperationsClient({ url: `http://127.0.0.1:${ports.api}` });
  const user = "night.owl@example.com";
  const owl = joiner({ type: "enterpriseID", user, firstname: "Night", lastname: "Owl" });
  await client.waitFor(await client.submit([owl], { name: "joined" }), { timeoutSeconds: 60 });
  const grant = mover({ user, joins: ["TestGroup1"] });
  const revoke = mover({ user, leaves: ["TestGroup1"] });
  const ids = new Set<string>();
  for (const [day, operation] of [grant, revoke, grant].entries()) {
    const name = `2027-01-0${day + 1}T02:00:00Z`;
    const submitted = await client.submit([operation], { name });
    const again = await client.submit([operation], { name });
    expect([again.ids, again.calls[0]?.repeated]).toEqual([submitted.ids, true]);
    expect(await client.waitFor(submitted, { timeoutSeconds: 60 })).toMatchObject([{ status: "succeeded" }]);
    expect((await sandbox.user(user))?.groups).toEqual(operation === grant ? ["TestGroup1"] : []);
    for (const id of submitted.ids) ids.add(id);
  }
  expect(ids.size).toBe(3);
});
