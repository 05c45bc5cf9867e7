import { type Fault, pointerTo } from "../umapi/fault.ts";
import {
  type Configuration,
  configurationSchema,
  type RecordRequest,
  type SignatureRules,
  type SourceConfiguration,
} from "./configuration.ts";
import { configurationFaults } from "./configuration-faults.ts";
import { compile, type Expression, ExpressionError, type Helper } from "./expression.ts";
import { helpers } from "./helpers.ts";
import { readyMappings } from "./mappings/ready.ts";
import { presetNames } from "./preset-names.ts";
import { type Preset, presets } from "./presets.ts";
import type { Proof, ReadSources, Source } from "./source.ts";

/**
 * Reads a configuration, fills in presets and compiles expressions. Never throws.
 *
 * @param json as `JSON.parse` returns it; see `withFiles` for mappings in files of their own
 * @returns the sources, or every fault with a pointer into the configuration
 */
export function readConfiguration(json: unknown): ReadSources {
  const parsed = configurationSchema.safeParse(json);
  if (!parsed.success) return { ok: false, faults: configurationFaults(parsed.error.issues, json) };
  return readSources(parsed.data);
}

function readSources({ sources }: Configuration): ReadSources {
  const faults: Fault[] = [];
  const read = Object.entries(sources).flatMap(([name, configured]) => {
    const reader = new SourceReader(name, configured);
    const source = reader.read();
    faults.push(...reader.faults);
    return source === undefined ? [] : [[name, source] as const];
  });
  return faults.length > 0 ? { ok: false, faults } : { ok: true, sources: new Map(read) };
}

const longestSilenceSeconds = 7 * 86_400;

class SourceReader {
  readonly faults: Fault[] = [];
  readonly #name: string;
  readonly #configured: SourceConfiguration;
  readonly #preset: Preset | undefined;

  constructor(name: string, configured: SourceConfiguration) {
    this.#name = name;
    this.#configured = configured;
    this.#preset = configured.preset && presets[configured.preset];
  }

  read(): Source | undefined {
    const { values = {}, testOnly = false, expectEvery } = this.#configured;
    const proof = this.#proof();
    const deliveryId = this.#expression("deliveryId", this.#configured.deliveryId ?? this.#preset?.deliveryId);
    const records = this.#needed("records", this.#configured.records ?? this.#preset?.records);
    const mapping = this.#needed("mapping", this.#mapping(), helpers);
    const record = this.#record();
    const expectEverySeconds = expectEvery === undefined ? undefined : this.#expectedEvery(expectEvery);
    if (proof === undefined || records === undefined || mapping === undefined || this.faults.length > 0)
      return undefined;
    return {
      name: this.#name,
      proof,
      ...(this.#preset?.setUp && { setUp: this.#preset.setUp }),
      ...(deliveryId && { deliveryId }),
      records,
      ...(record && { record }),
      mapping,
      values,
      testOnly,
      ...(expectEverySeconds !== undefined && { expectEverySeconds }),
    };
  }

  #proof(): Proof | undefined {
    const { signature, bearer, preset } = this.#configured;
    const ways = [signature, bearer, preset].filter((way) => way !== undefined);
    if (ways.length !== 1) {
      const found =
        ways.length === 0 ? "none of preset, signature and bearer" : "more than one of preset, signature and bearer";
      this.#fault([], `${found}; expected one, which says how a delivery is verified`);
    }
    if (bearer !== undefined) return { kind: "bearer", rules: bearer };
    const rules = signature ?? this.#preset?.signature;
    if (rules === undefined) return undefined;
    for (const { field, detail } of signatureFaults(rules)) this.#fault(["signature", field], detail);
    return { kind: "signature", rules };
  }

  #record(): RecordRequest | undefined {
    const { record: own, readRecord = true, company } = this.#configured;
    const record = own ?? this.#preset?.record;
    if (record === undefined || !readRecord) return undefined;
    if (!record.url.includes("{id}") && !JSON.stringify(record.body ?? {}).includes("{id}"))
      this.#fault(
        ["record", "url"],
        "a URL without {id}; expected {id} where the record's id stands, there or in body",
      );
    if (!record.url.includes("{company}")) return record;
    if (company === undefined)
      this.#fault(["company"], "nothing; expected the company's part of the HR system's host name, such as acme");
    return { ...record, url: record.url.replaceAll("{company}", company ?? "") };
  }

  /** The expression of a ready mapping, or one's own. */
  #mapping(): string | undefined {
    const { mapping = this.#configured.preset } = this.#configured;
    if (typeof mapping === "object") {
      this.#fault(["mapping"], "a file, which only umapi and the deployment can read; expected an expression");
      return undefined;
    }
    const name = presetNames.find((each) => each === mapping?.trim());
    if (name !== undefined) return readyMappings[name];
    if (mapping !== undefined && /^\s*[\w-]+\s*$/.test(mapping))
      this.#fault(
        ["mapping"],
        `a name that no ready mapping has; expected one of ${presetNames.join(", ")}, or an expression`,
      );
    return mapping;
  }

  #expectedEvery(duration: string): number {
    const seconds = secondsOf(duration);
    if (seconds > longestSilenceSeconds)
      this.#fault(["expectEvery"], `${duration}; expected at most 7d, because alarms look back no further`);
    return seconds;
  }

  #needed(field: "records" | "mapping", text: string | undefined, its: Readonly<Record<string, Helper>> = {}) {
    if (text === undefined) this.#fault([field], `nothing; expected ${expectedOf[field]}`);
    return this.#expression(field, text, its);
  }

  #expression(
    field: string,
    text: string | undefined,
    its: Readonly<Record<string, Helper>> = {},
  ): Expression | undefined {
    if (text === undefined) return undefined;
    try {
      return compile(text, its);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      this.#fault([field], `an expression that cannot be compiled: ${error.message}`);
      return undefined;
    }
  }

  #fault(path: readonly string[], detail: string): void {
    this.faults.push({ pointer: pointerTo("", ["sources", this.#name, ...path]), detail });
  }
}

const expectedOf = {
  records: "an expression for the ids of the records that a payload names, such as data.id",
  mapping: "the name of a ready mapping, or an expression for the commands that a record becomes",
};

function signatureFaults({ signed, idHeader, timestampHeader }: SignatureRules) {
  const places: readonly [place: string, field: string, header: string | undefined][] = [
    ["{id}", "idHeader", idHeader],
    ["{timestamp}", "timestampHeader", timestampHeader],
  ];
  const faults = places.flatMap(([place, field, header]) => {
    if (signed.includes(place) === (header !== undefined)) return [];
    return header === undefined
      ? [{ field, detail: `nothing; expected the header whose value is ${place}, because that is signed` }]
      : [
          {
            field,
            detail: `a header that is not signed, so that anybody could change it; expected ${place} in signed, or no ${field}`,
          },
        ];
  });
  const unknown = signed.replaceAll(/\{(method|id|timestamp|body)\}/g, "").match(/\{[^}]*\}?/)?.[0];
  if (!signed.includes("{body}"))
    faults.push({ field: "signed", detail: "a text without {body}; expected {body}, or anybody could change it" });
  if (unknown !== undefined)
    faults.push({
      field: "signed",
      detail: `an unknown place ${unknown}; known are {method}, {id}, {timestamp} and {body}`,
    });
  return faults;
}

function secondsOf(duration: string): number {
  const units: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86_400 };
  return Number(duration.slice(0, -1)) * (units[duration.slice(-1)] ?? 0);
}
