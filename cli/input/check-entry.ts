import { partNotBefore } from "../../shared/submit/not-before.ts";
import { bytesOf, sizeFaults } from "../../shared/submit/sizes.ts";
import { checkCommand } from "../../shared/umapi/check-command.ts";
import type { Command } from "../../shared/umapi/command.ts";
import { countryCode } from "../../shared/umapi/countries.ts";
import { pointerTo } from "../../shared/umapi/fault.ts";
import { isObject } from "../../shared/umapi/unchecked.ts";
import { likelyCountry } from "./countries.ts";
import { didYouMean } from "./did-you-mean.ts";
import { type NamedFault, named } from "./named-fault.ts";

export type CheckedEntry =
  | { readonly ok: true; readonly command: Command; readonly notBefore?: string }
  | { readonly ok: false; readonly faults: readonly NamedFault[] };

/**
 * Checks an operation as the service will, so that nothing of a file is submitted before all of it passes. It also
 * takes countries as people write them.
 */
export function checkEntry(value: unknown): CheckedEntry {
  const parted = partNotBefore(value, "", Date.now());
  const { command, strange } = withCountryCodes(parted.command);
  const checked = checkCommand(command);
  const isCountry = (pointer: string) => strange.some((fault) => fault.pointer === pointer);
  const faults = checked.ok ? tooLarge(checked.command) : checked.faults.filter(({ pointer }) => !isCountry(pointer));
  const own = parted.faults.map((fault) => (fault.pointer === "" ? { ...fault, value } : named(fault, value)));
  if (!checked.ok || faults.length + strange.length + own.length > 0)
    return { ok: false, faults: [...own, ...faults.map((fault) => named(fault, command)), ...strange] };
  const due = parted.notBefore === undefined ? {} : { notBefore: new Date(parted.notBefore).toISOString() };
  return { ok: true, command: checked.command, ...due };
}

function tooLarge(command: Command) {
  return sizeFaults(bytesOf(command), "").map(({ pointer, detail }) => ({
    pointer,
    detail: `${detail}: divide its steps among several`,
  }));
}

/** The command with its countries as codes, and a fault for each that is not a country. */
function withCountryCodes(value: unknown): { readonly command: unknown; readonly strange: readonly NamedFault[] } {
  if (!isObject(value) || !Array.isArray(value["do"])) return { command: value, strange: [] };
  const strange: NamedFault[] = [];
  const steps = value["do"].map((step: unknown, index) => {
    if (!isObject(step)) return step;
    const read = Object.entries(step).map(([name, details]) => {
      const country = isObject(details) ? details["country"] : undefined;
      if (!isObject(details) || typeof country !== "string" || country.trim() === "") return [name, details];
      const code = countryCode(country);
      if (code !== undefined) return [name, { ...details, country: code }];
      const pointer = pointerTo("", ["do", index, name, "country"]);
      strange.push(named({ pointer, detail: notACountry(country) }, value));
      return [name, details];
    });
    return Object.fromEntries(read);
  });
  return { command: { ...value, do: steps }, strange };
}

function notACountry(written: string): string {
  const hint = didYouMean(likelyCountry(written));
  return `is not a country${hint}; expected two letters of ISO 3166, such as GB, or an English name, such as United Kingdom`;
}
