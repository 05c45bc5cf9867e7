import { expect, test } from "vitest";
import { stepFacts } from "../../../../shared/umapi/steps/facts.ts";
import { knownSteps } from "../../../support/naive-rules.ts";

test.each(["user", "usergroup"] as const)("The naive rules know every step on a %s", (root) => {
  expect(knownSteps[root]).toEqual([...stepFacts[root].keys()]);
});
