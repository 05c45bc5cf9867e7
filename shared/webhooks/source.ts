import type { Fault } from "../umapi/fault.ts";
import type { BearerRules, RecordRequest, SignatureRules } from "./configuration.ts";
import type { Expression } from "./expression.ts";
import type { SetUp } from "./presets.ts";

/** An HR system that posts webhooks, ready for use: its preset is filled in, its expressions are compiled. */
export interface Source {
  readonly name: string;
  readonly proof: Proof;
  /** What it posts without a signature while it has no key. */
  readonly setUp?: SetUp;
  readonly deliveryId?: Expression;
  readonly records: Expression;
  /** Absent where the payload has all that the mapping needs. */
  readonly record?: RecordRequest;
  readonly mapping: Expression;
  readonly values: Readonly<Record<string, unknown>>;
  /** Whether Adobe only checks its commands. */
  readonly testOnly: boolean;
  /** After how many seconds without a delivery it is said to be silent. */
  readonly expectEverySeconds?: number;
}

/** How a delivery proves who sent it. */
export type Proof =
  | { readonly kind: "signature"; readonly rules: SignatureRules }
  | { readonly kind: "bearer"; readonly rules: BearerRules };

/** The sources by their names. */
export type Sources = ReadonlyMap<string, Source>;

export type ReadSources =
  | { readonly ok: true; readonly sources: Sources }
  /** Each with a pointer into the configuration. */
  | { readonly ok: false; readonly faults: readonly Fault[] };
