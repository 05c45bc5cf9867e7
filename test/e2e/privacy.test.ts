import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { type LocalStack, runLocalStack, stop } from "../support/local-stack.ts";

const credentialsFile = z.object({
  orgId: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
  technicalAccountId: z.string(),
  privateKey: z.string(),
});

/** In every name and address here, and in nothing else. */
const mark = "Quillfeather";
const address = (who: string) => `${who}.${mark}@example.com`;

/** Work that succeeds, that Adobe refuses in words about the person, and that meets a failing and a throttling Adobe. */
async function workOfAllKinds({ api, sandbox, queues }: LocalStack): Promise<void> {
  const message = `User ${address("refused")} (${mark}) belongs to another organisation`;
  const command = { user: address("refused") };
  await sandbox.fault({ on: "action", command, errorCode: "error.user.belongs_to_another_org", message, step: 0 });
  const person = (who: string) => ({
    user: address(who),
    requestID: `${mark}-${who}`,
    do: [
      { createFederatedID: { email: address(who), firstname: mark, lastname: mark, country: "US" } },
      { update: { lastname: `${mark}-${who}` } },
    ],
  });
  const views = await api.finished([...(await api.handIn(person("good"))), ...(await api.handIn(person("refused")))]);
  expect(views.map(({ status }) => status)).toEqual(["succeeded", "failed"]);
  expect(views[1]?.error?.message).toBe(message);

  expect((await api.post({ ...person("mistaken"), [mark]: mark })).status).toBe(422);
  await queues.send(`${mark} as no JSON`);
  await queues.deadLettered(1);

  await sandbox.fault({
    on: "action",
    status: 503,
    body: `<p>${message}</p>`,
    contentType: "text/html",
    retryAfter: 1,
  });
  const [mended] = await api.finished(await api.handIn(person("mended")));
  expect(mended?.status).toBe("succeeded");

  await sandbox.fault({ on: "action", status: 429, body: { message }, retryAfter: 3600 });
  const [waiting = ""] = await api.handIn(person("waiting"));
  const view = await api.until(waiting, (found) => found.waiting !== undefined);
  expect(view).toMatchObject({ status: "queued", waiting: { reason: "throttled" } });
}

const stacks = await Promise.all(
  ["oauth", "jwt"].map(async (auth) => ({ auth, stack: await runLocalStack("--rate", "100/6", "--auth", auth) })),
);

test.each(stacks)("with --auth $auth, no secret, token or personal data is printed", async ({ stack }) => {
  const { output } = stack.program;
  const credentials = credentialsFile.parse(
    JSON.parse(readFileSync(join(stack.folder, ".local", "credentials.json"), "utf8")),
  );
  await workOfAllKinds(stack);
  expect(await stop(stack)).toBe(0);

  const written = stack.program.output.slice(output.length);
  expect(written).toMatch(/^operation \S+ failed: error\.user\.belongs_to_another_org$/m);
  expect(written).toContain("throttled");
  expect(written.toLowerCase()).not.toContain(mark.toLowerCase());
  expect(written).not.toMatch(/[\w.]+(@|%40)\w/);

  const everything = stack.program.output;
  expect(everything).not.toContain("sandbox.");
  expect(everything).not.toContain("eyJ");
  expect(everything).not.toContain("PRIVATE KEY");
  const { privateKey, ...others } = credentials;
  const keyLines = privateKey.split("\n").filter((line) => line !== "" && !line.startsWith("-----"));
  for (const secret of [...Object.values(others), ...keyLines]) expect(everything).not.toContain(secret);
  const withoutExamples = everything.replace(/^curl .*$/gm, "");
  expect(withoutExamples).not.toMatch(/@example\.com/i);
});
