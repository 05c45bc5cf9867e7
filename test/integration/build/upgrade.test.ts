import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../../../infra/bundle/bundle-worker.ts";
import { type StatefulResources, statefulResources, upgradeFaults } from "./stateful-resources.ts";
import { instance, templateOf, templateWith } from "./template-of.ts";

const golden = "test/fixtures/resources/next.json";
const released = (): StatefulResources => JSON.parse(readFileSync(join(projectRoot, golden), "utf8"));
const now = statefulResources(templateOf());
const table = "WorkersLedgerTable";
const queue = /^WorkersWorkQueue[0-9A-F]{8}$/;
const idOf = (name: string | RegExp) =>
  Object.keys(now).find((id) => (typeof name === "string" ? id.startsWith(name) : name.test(id))) ?? "";

/** What is released, with one resource changed. */
function changed(id: string, change: object): StatefulResources {
  const resource = now[id];
  if (resource === undefined) throw new Error(`There is no resource ${id}.`);
  return { ...now, [id]: { ...resource, properties: { ...resource.properties, ...change } } };
}

describe("an upgrade of the ready stack", () => {
  it("keeps every queue, table, secret and log, with its keys, indexes and times (else: what would happen)", () => {
    expect(upgradeFaults(released(), now)).toEqual([]);
  });

  it("is written down for the next release", async () => {
    await expect(`${JSON.stringify(now, null, 2)}\n`).toMatchFileSnapshot(join(projectRoot, golden));
  });

  it("covers all that holds something", () => {
    const types = Object.values(now).map(({ type }) => type);
    expect(types.filter((type) => type === "AWS::DynamoDB::Table")).toHaveLength(2);
    expect(types.filter((type) => type === "AWS::SQS::Queue")).toHaveLength(3);
    expect(types.filter((type) => type === "AWS::SecretsManager::Secret")).toHaveLength(1);
  });
});

describe("a change that would lose something is a sentence", () => {
  it.each<[string, () => StatefulResources, RegExp]>([
    ["another logical id", () => omit(idOf(table)), /LedgerTable\w+ \(AWS::DynamoDB::Table\) is gone: .* empty one/],
    ["another key", () => changed(idOf(table), { KeySchema: [] }), /KeySchema has changed: .* replaces the table/],
    [
      "another projection",
      () => changed(idOf(table), { GlobalSecondaryIndexes: [] }),
      /Indexes has changed: .* new name/,
    ],
    [
      "a standard queue",
      () => changed(idOf(queue), { FifoQueue: false }),
      /FifoQueue has changed: .* replaces the queue/,
    ],
    [
      "deduplication by content",
      () => changed(idOf(queue), { ContentBasedDeduplication: true }),
      /ContentBasedDeduplication has changed: SQS would take equal messages as repeats/,
    ],
    ["a shorter retention", () => changed(idOf(queue), { MessageRetentionPeriod: 60 }), /forgets messages/],
    ["a name", () => changed(idOf("WorkersCredentials"), { Name: "adobe" }), /Name has changed: .* replaces it/],
  ])("%s", (_, after, sentence) => {
    expect(upgradeFaults(now, after())).toEqual([expect.stringMatching(sentence)]);
  });
});

describe("the construct in a stack of somebody's own", () => {
  it("has the same resources under its own id, whatever is chosen beside", () => {
    const template = templateWith((stack) => {
      instance(stack, "Workers", { auth: "jwt", tracing: true, lane: "emea", allowAccountDeletion: true });
    });
    expect(upgradeFaults(now, statefulResources(template))).toEqual([]);
  });
});

function omit(id: string): StatefulResources {
  return Object.fromEntries(Object.entries(now).filter(([other]) => other !== id));
}
