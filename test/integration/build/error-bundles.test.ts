import { expect, test } from "vitest";
import { bundleWorker } from "../../../infra/bundle/bundle-worker.ts";

test.each([
  ["operations", true],
  ["submit", false],
  ["dispatch", false],
])("The bundle of %s has the advice on error codes: %s", (worker, has) => {
  const { inputs } = bundleWorker(`functions/${worker}/main.ts`);
  expect(inputs.some((input) => /^shared\/umapi\/errors\/(advice\/|hint)/.test(input))).toBe(has);
});
