import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import type { Command } from "../../../../shared/umapi/command.ts";
import { email, groupName, membership, newGroupName, user, username } from "../../../../shared/umapi/fields.ts";
import { type Root, stepFacts } from "../../../../shared/umapi/steps/facts.ts";
import { removesPeople } from "../../../../shared/umapi/steps/look-up.ts";
import { userSteps } from "../../../../shared/umapi/steps/user.ts";
import { userGroupSteps } from "../../../../shared/umapi/steps/usergroup.ts";
import { knownSteps } from "../../../support/naive-rules.ts";

const catalogues: Readonly<Record<Root, Readonly<Record<string, { readonly takes: z.core.$ZodType }>>>> = {
  user: userSteps,
  usergroup: userGroupSteps,
};
const roots = ["user", "usergroup"] as const;
const steps = roots.flatMap((root) => Object.keys(catalogues[root]).map((name) => ({ root, name })));

test.each(roots)("The naive rules know every step on a %s", (root) => {
  expect(knownSteps[root]).toEqual(Object.keys(catalogues[root]));
});

test.each(steps)("$name on a $root calls every name a name, and nothing else", ({ root, name }) => {
  const takes = catalogues[root][name]?.takes;
  const marked = stepFacts[root].get(name)?.names.map(({ path }) => path.join("."));
  expect(marked?.toSorted()).toEqual(takes === undefined ? [] : [...new Set(namesIn(takes))].toSorted());
});

/** The fields that lead to a text which has the schema of a name. */
function namesIn(schema: z.core.$ZodType, path: readonly string[] = []): string[] {
  const nameSchemas: readonly z.core.$ZodType[] = [email, user, username, membership, groupName, newGroupName];
  if (nameSchemas.includes(schema)) return [path.join(".")];
  if (schema instanceof z.core.$ZodOptional) return namesIn(schema._zod.def.innerType, path);
  if (schema instanceof z.core.$ZodArray) return namesIn(schema._zod.def.element, path);
  if (schema instanceof z.core.$ZodUnion) return schema._zod.def.options.flatMap((option) => namesIn(option, path));
  if (!(schema instanceof z.core.$ZodObject)) return [];
  return Object.entries(schema._zod.def.shape).flatMap(([name, field]) => namesIn(field, [...path, name]));
}

describe("people are removed", () => {
  test.each<Command>([
    { user: "a@x.com", do: [{ update: { firstname: "A" } }, { removeFromOrg: {} }] },
    { user: "a@x.com", do: [{ remove: "all" }] },
    { usergroup: "P", do: [{ deleteUserGroup: {} }] },
  ])("by %j", (command) => {
    expect(removesPeople(command)).toBe(true);
  });

  test.each<Command>([
    { user: "a@x.com", do: [{ remove: { group: ["all"] } }] },
    { user: "a@x.com", do: [{ update: { email: "b@x.com" } }] },
    { usergroup: "P", do: [{ remove: { user: ["a@x.com"] } }] },
  ])("not by %j", (command) => {
    expect(removesPeople(command)).toBe(false);
  });
});
