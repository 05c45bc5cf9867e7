import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { plants } from "../simulation/plants.ts";

test.each(plants)("$file has once what is broken in it, so that $rule", async ({ file, snippet }) => {
  const source = await readFile(new URL(`../../${file}`, import.meta.url), "utf8");
  expect(source.split(snippet)).toHaveLength(2);
});
