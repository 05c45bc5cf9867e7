import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { apiRoutes, type Right } from "../../infra/api-routes.ts";

const page = readFileSync(new URL("../../docs/security.md", import.meta.url), "utf8");
const policySchema = z.object({
  Statement: z.tuple([
    z.object({ Effect: z.literal("Allow"), Action: z.literal("execute-api:Invoke"), Resource: z.array(z.string()) }),
  ]),
});
const policies = page
  .split("```json")
  .slice(1)
  .map((block) => policySchema.parse(JSON.parse(block.split("```")[0] ?? "")).Statement[0].Resource);

test.each<[string, Right, number]>([
  ["producer", "submit", 0],
  ["reader", "read", 1],
  ["operator", "operate", 2],
])("The %s's policy has every route of its right, and no other", (_, right, at) => {
  const routes = apiRoutes.filter((route) => route.right === right);
  expect(policies[at]).toEqual(
    routes.map(
      ({ method, path }) =>
        `arn:aws:execute-api:<region>:<account>:<api>/*/${method}${path.replaceAll(/\{\w+\}/g, "*")}`,
    ),
  );
});
