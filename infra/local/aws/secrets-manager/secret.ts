/** The value of a version: text or base64 bytes, never both. */
export interface SecretValue {
  readonly SecretString?: string | undefined;
  readonly SecretBinary?: string | undefined;
}

interface Version extends SecretValue {
  readonly createdAt: number;
}

/** The choice of a version: its id, a staging label, or both. */
export interface VersionChoice {
  readonly VersionId?: string | undefined;
  readonly VersionStage?: string | undefined;
}

export type Putting = { readonly kind: "put" | "alreadyPut" | "conflict" };

export const CURRENT = "AWSCURRENT";
const PREVIOUS = "AWSPREVIOUS";

/** A secret and its versions. Times are milliseconds since the epoch. */
export class Secret {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  description: string | undefined;
  changedAt: number;
  /** When it was deleted, while it can still be restored. */
  deletedAt: number | undefined;
  readonly #versions = new Map<string, Version>();
  /** The version of each staging label. */
  readonly #stages = new Map<string, string>();

  constructor({ name, arn, now }: { name: string; arn: string; now: number }) {
    this.name = name;
    this.arn = arn;
    this.createdAt = now;
    this.changedAt = now;
  }

  /**
   * Adds a version and moves the labels to it. AWS: if `AWSCURRENT` moves, the version that had it becomes
   * `AWSPREVIOUS`, and a version without a label is soon deleted. The same id and value again change nothing; the same
   * id with another value is a conflict.
   */
  put(id: string, value: SecretValue, stages: readonly string[], now: number): Putting {
    const existing = this.#versions.get(id);
    if (existing !== undefined) return { kind: sameValue(existing, value) ? "alreadyPut" : "conflict" };
    this.#versions.set(id, { ...value, createdAt: now });
    // AWS: the first version of a secret is the current one, whatever labels were requested.
    const labels = this.#versions.size === 1 ? [...new Set([...stages, CURRENT])] : stages;
    for (const stage of labels) this.#label(stage, id);
    this.#dropUnlabelled();
    this.changedAt = now;
    return { kind: "put" };
  }

  /** The chosen version, by default the current one; undefined if there is none, or if id and label disagree. */
  read({ VersionId, VersionStage }: VersionChoice) {
    const id = VersionId ?? this.#stages.get(VersionStage ?? CURRENT);
    const version = id === undefined ? undefined : this.#versions.get(id);
    if (id === undefined || version === undefined) return undefined;
    const stages = this.#stagesOf(id);
    return VersionStage !== undefined && !stages.includes(VersionStage) ? undefined : { id, stages, ...version };
  }

  /** The labels of each version, by its id. */
  get versionIdsToStages(): Record<string, string[]> {
    return Object.fromEntries(Array.from(this.#versions.keys(), (id) => [id, this.#stagesOf(id)]));
  }

  #label(stage: string, id: string): void {
    const before = this.#stages.get(stage);
    if (stage === CURRENT && before !== undefined && before !== id) this.#stages.set(PREVIOUS, before);
    this.#stages.set(stage, id);
  }

  #dropUnlabelled(): void {
    for (const id of [...this.#versions.keys()]) if (this.#stagesOf(id).length === 0) this.#versions.delete(id);
  }

  #stagesOf(id: string): string[] {
    return [...this.#stages].filter(([, version]) => version === id).map(([stage]) => stage);
  }
}

function sameValue(a: SecretValue, b: SecretValue): boolean {
  return a.SecretString === b.SecretString && a.SecretBinary === b.SecretBinary;
}
