/** A fault that a test asks a local service for. */
export interface PlannedRefusal {
  /** The action that fails, such as `SendMessageBatch`. */
  readonly action: string;
  /** The name of the queue or secret. @default any */
  readonly resource?: string;
  /**
   * For batches: the entries that fail, by their index from 0 or by their content; the others succeed.
   * @default the whole call fails
   */
  readonly entries?: readonly number[] | ((entry: unknown, index: number) => boolean);
  /** How many calls fail. @default 1 */
  readonly times?: number;
  /** How many matching calls succeed before. @default 0 */
  readonly after?: number;
  /** Whether the call (or entry) takes effect all the same, and only its answer is a failure. @default false */
  readonly applied?: boolean;
  /**
   * The HTTP status of a refused call. From 500 on it is the service's fault, and SDKs repeat the call. @default 500
   */
  readonly status?: number;
  /** @default "InternalFailure" */
  readonly code?: string;
  /** @default "The service was told to refuse this." */
  readonly message?: string;
}

interface Pending {
  readonly refusal: PlannedRefusal;
  letThrough: number;
  left: number;
}

/** The refusals that were added to a local service. */
export class Refusals {
  #pending: Pending[] = [];

  /** Adds a refusal; the returned function removes it. */
  add(refusal: PlannedRefusal): () => void {
    const pending: Pending = { refusal, letThrough: refusal.after ?? 0, left: refusal.times ?? 1 };
    this.#pending.push(pending);
    return () => {
      this.#pending = this.#pending.filter((other) => other !== pending);
    };
  }

  /** The refusal for this call, if any; it counts as used. */
  take(action: string, resource: string | undefined): PlannedRefusal | undefined {
    const fitting = this.#pending.filter(
      ({ refusal, left }) =>
        left > 0 && refusal.action === action && (refusal.resource === undefined || refusal.resource === resource),
    );
    for (const pending of fitting) {
      if (pending.letThrough > 0) {
        pending.letThrough -= 1;
        continue;
      }
      pending.left -= 1;
      return pending.refusal;
    }
    return undefined;
  }
}

/** The failure that a refusal asks for, with its defaults. */
export function failureOf({ status, code, message }: PlannedRefusal): {
  status: number;
  code: string;
  message: string;
} {
  return {
    status: status ?? 500,
    code: code ?? "InternalFailure",
    message: message ?? "The service was told to refuse this.",
  };
}

/** Whether the refusal concerns this entry of a batch. */
export function refusesEntry(refusal: PlannedRefusal, entry: unknown, index: number): boolean {
  const { entries } = refusal;
  if (entries === undefined) return false;
  return typeof entries === "function" ? entries(entry, index) : entries.includes(index);
}
