import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import * as z from "zod/mini";

const megabytes = 1024 * 1024;
const program = fileURLToPath(new URL("print-in-flat-memory.ts", import.meta.url));
const printed = z.object({ users: z.number(), isWhole: z.boolean(), heap: z.number(), rss: z.number() });

async function print(...args: string[]) {
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", program, ...args]);
  return printed.parse(JSON.parse(stdout));
}

test("umapi users --json prints 100,000 users without growing with them, and would be seen to if it kept them", {
  timeout: 120_000,
}, async () => {
  const [flat, hoarded] = await Promise.all([print(), print("hoard")]);
  expect(flat).toMatchObject({ users: 100_000, isWhole: true });
  expect(flat.heap).toBeLessThan(10 * megabytes);
  expect(hoarded.heap).toBeGreaterThan(30 * megabytes);
  expect(flat.rss).toBeLessThan(150 * megabytes);
});
