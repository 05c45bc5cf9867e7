import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readConfiguration } from "../../../shared/webhooks/read-configuration.ts";
import { readSecrets } from "../../../shared/webhooks/secrets.ts";
import { withFiles } from "../../../shared/webhooks/with-files.ts";
import { sharedFolder } from "../../support/folders.ts";
import { runInProcess } from "../../support/umapi-in-process.ts";

const page = readFileSync(new URL("../../../docs/webhooks.md", import.meta.url), "utf8");
const files = new Map(
  [...page.matchAll(/<!-- (\S+) -->\n```\w+\n(.*?)```/gs)].map(([, name = "", text = ""]) => [name, text]),
);
const folder = sharedFolder();
for (const [name, text] of files) folder.write(name, text);
const commands = [...page.matchAll(/```sh\nnpx umapi (.*?)\n```\n\n```text\n(.*?)```/gs)];

test("docs/webhooks.md shows files and commands", () => {
  expect([...files.keys()]).toEqual([
    "webhooks.json",
    "joiner.json",
    "workday.json",
    "own.json",
    "people.jsonata",
    "secret.json",
  ]);
  expect(commands.length).toBe(3);
});

test.each(commands.map(([, command = "", prints = ""]) => [command, prints] as const))(
  "npx umapi %s prints what the page shows",
  async (command, prints) => {
    const args = command.split(" ").map((arg) => (files.has(arg) ? folder.at(arg) : arg));
    const { stdout, error } = await runInProcess(args);
    expect(error).toBeUndefined();
    expect(stdout.replaceAll(`${folder.path}/`, "")).toBe(prints);
  },
);

test("Every configuration and secret on the page can be used", () => {
  const read = (name: string) => files.get(name) ?? "";
  for (const name of files.keys())
    if (/^(webhooks|workday|own)\.json$/.test(name))
      expect(readConfiguration(withFiles(JSON.parse(read(name)), read)), name).toMatchObject({ ok: true });
  expect([...readSecrets(read("secret.json")).keys()]).toEqual(["standard", "hibob", "gusto", "own"]);
  const steps = [...page.matchAll(/`(\{"(?:bamboohr|hibob|gusto|finch)": .*?\}\})`/g)].map(
    ([, text = ""]) => readSecrets(text).size,
  );
  expect(steps).toEqual([1, 1, 1, 1]);
});
