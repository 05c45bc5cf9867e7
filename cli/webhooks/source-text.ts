import { readyMappings } from "../../shared/webhooks/mappings/ready.ts";
import { presetNames } from "../../shared/webhooks/preset-names.ts";
import type { Source } from "../../shared/webhooks/source.ts";
import { duration } from "../output/text.ts";

/** What a source does, in a line. */
export function sourceText(source: Source): string {
  const { name, testOnly, expectEverySeconds } = source;
  const parts = [proofText(source), recordText(source), `mapped by ${mappingText(source)}`];
  if (expectEverySeconds !== undefined) parts.push(`silent after ${duration(expectEverySeconds * 1000)}`);
  if (testOnly) parts.push("on trial: Adobe changes nothing");
  return `${name}: ${parts.join("; ")}`;
}

function proofText({ proof }: Source): string {
  if (proof.kind === "bearer") return `verified by tokens of ${proof.rules.issuer}`;
  return `verified by ${proof.rules.header.toLowerCase()} (${proof.rules.digest}, ${proof.rules.encoding})`;
}

function recordText({ record }: Source): string {
  if (record === undefined) return "no record is read";
  return `records read from ${new URL(record.url).host}`;
}

function mappingText({ mapping }: Source): string {
  return presetNames.find((name) => readyMappings[name] === mapping.text) ?? "its own expression";
}
