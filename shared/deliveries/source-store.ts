import type { SSMClient } from "@aws-sdk/client-ssm";
import { parseJson } from "../http/parse-json.ts";
import type { Clock } from "../time/clock.ts";
import { Kept } from "../time/kept.ts";
import { readConfiguration } from "../webhooks/read-configuration.ts";
import type { Source, Sources } from "../webhooks/source.ts";
import { parametersBelow } from "./parameters-ssm.ts";

/** A change of the configuration is noticed after so long. */
const keptMs = 60_000;

/** A source's configuration cannot be used: it was changed by hand, or another version wrote it. */
export interface SourceEvent {
  readonly kind: "source unusable";
  readonly source: string;
  readonly faults: readonly string[];
}

/** The configured sources: a parameter of SSM for each. Others go on if one cannot be used. */
export class SourceStore {
  readonly #ssm: SSMClient;
  readonly #path: string;
  readonly #report: (event: SourceEvent) => void;
  readonly #kept: Kept<Sources>;
  /** Compiled ones, by their text. */
  #compiled = new Map<string, Source>();

  /** @param path what the names of the parameters begin with, with the slash */
  constructor(ssm: SSMClient, path: string, clock: Clock, report: (event: SourceEvent) => void) {
    this.#ssm = ssm;
    this.#path = path;
    this.#report = report;
    this.#kept = new Kept(clock, keptMs, () => this.#read());
  }

  /** @throws errors of SSM, as long as it was never read */
  async all(): Promise<Sources> {
    return await this.#kept.get();
  }

  async #read(): Promise<Sources> {
    const compiled = new Map<string, Source>();
    for (const [name, text] of await parametersBelow(this.#ssm, this.#path)) {
      const source = this.#compiled.get(text) ?? this.#compile(name, text);
      if (source !== undefined) compiled.set(text, source);
    }
    this.#compiled = compiled;
    return new Map(Array.from(compiled.values(), (source) => [source.name, source]));
  }

  #compile(name: string, text: string): Source | undefined {
    const read = readConfiguration(parseJson(text));
    const source = read.ok ? read.sources.get(name) : undefined;
    if (source === undefined) {
      const faults = read.ok
        ? ["the parameter has another source than its name says"]
        : read.faults.map(({ pointer, detail }) => `${pointer}: ${detail}`);
      this.#report({ kind: "source unusable", source: name, faults });
    }
    return source;
  }
}
