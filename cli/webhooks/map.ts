import { type Identity, identitySchema } from "../../shared/webhooks/identity.ts";
import { CommandError, Unsuccessful } from "../errors.ts";
import { nameOf, readTextOrInput } from "../files.ts";
import { printLine } from "../output/print.ts";
import type { Surroundings } from "../surroundings.ts";
import { jsonOf, loadSource, readJsonFile } from "./load-sources.ts";
import { mapRecords } from "./map-records.ts";
import { mappedJson, mappedText } from "./mapped-text.ts";

interface MapOptions {
  readonly webhooks?: string | undefined;
  readonly record?: string | undefined;
  readonly previous?: string | undefined;
  readonly json?: true | undefined;
}

/** `umapi map`. */
export async function map(name: string, file: string, options: MapOptions, surroundings: Surroundings): Promise<void> {
  const { stdout, clock } = surroundings;
  const { webhooks, record, previous, json } = options;
  const source = await loadSource(name, webhooks);
  const payload = jsonOf(await readTextOrInput(file, surroundings), nameOf(file));
  const known = {
    record: record === undefined ? undefined : await readJsonFile(record),
    previous: previous === undefined ? undefined : await readPrevious(previous),
  };
  const mapped = await mapRecords(source, payload, known, clock.now());
  await printLine(stdout, json ? mappedJson(mapped) : mappedText(source, mapped, record === undefined));
  if (mapped.some((each) => each.mapped.kind === "failed" || each.faults.length > 0)) throw new Unsuccessful();
}

async function readPrevious(file: string): Promise<Identity> {
  const parsed = identitySchema.safeParse(await readJsonFile(file));
  if (parsed.success) return parsed.data;
  throw new CommandError(
    `${file} does not say who a record was; expected an object with email, or with username and domain.`,
  );
}
