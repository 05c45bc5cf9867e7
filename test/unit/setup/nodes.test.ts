import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { lambdaMajor, packages, suitableNodes } from "../../../infra/node/nodes.js";

const root = new URL("../../../", import.meta.url);
const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, root), "utf8"));
const { optionalDependencies } = z
  .object({ optionalDependencies: z.record(z.string(), z.string()) })
  .parse(json("infra/node/package.json"));
const lock = z.object({ packages: z.record(z.string(), z.record(z.string(), z.unknown())) });
const locked = lock.parse(json("package-lock.json")).packages;

const node = (path: string, version: string) => ({ path, version });

test.each([
  ["the project's before a newer one", "24.21.0", "26.10.0", ["project", "machine"]],
  ["the project's before one of the same kind", "24.21.0", "24.22.0", ["project", "machine"]],
  ["the project's alone where the machine's is old", "24.21.0", "18.20.8", ["project"]],
  ["Lambda's version of the machine before a newer one of the project", "26.10.0", "24.21.0", ["machine", "project"]],
  ["the machine's alone where the project has none", undefined, "26.10.0", ["machine"]],
  ["none where the project has none and the machine's is old", undefined, "22.23.3", []],
])("the Node that runs a program is %s", (_, brought, own, expected) => {
  const nodes = suitableNodes(brought === undefined ? undefined : node("project", brought), node("machine", own));
  expect(nodes.map(({ path }) => path)).toEqual(expected);
});

test("Every platform's Node is a package of that platform, and a maintained release", () => {
  expect(Object.values(packages).toSorted()).toEqual(Object.keys(optionalDependencies).toSorted());
  for (const [platform, name] of Object.entries(packages)) {
    const { os, cpu, version, integrity } = locked[`node_modules/${name}`] ?? {};
    expect(`${os}-${cpu}`, name).toBe(platform);
    expect(Number.parseInt(String(version), 10), name).toBeGreaterThanOrEqual(lambdaMajor);
    expect(version, name).not.toMatch(/\.0\.0$/);
    expect(integrity, name).toMatch(/^sha512-/);
  }
});

test("The lockfile requires no Node version of npm; npm install restores that after a change", () => {
  expect(Object.keys(locked).filter((path) => locked[path]?.["engines"] !== undefined)).toEqual([]);
});
