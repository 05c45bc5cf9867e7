/** A fault that a test asks a local service for. */
export interface Refusal {
  /** The action that fails, such as `SendMessageBatch`. */
  readonly action: string;
  /** The name of the queue or secret that it concerns. @default any */
  readonly resource?: string;
  /**
   * For batches: the entries of a batch that fail, by their place (0 first) or by what they hold; the others go through.
   * @default the whole call fails
   */
  readonly entries?: readonly number[] | ((entry: unknown, index: number) => boolean);
  /** How many calls it befalls. @default 1 */
  readonly times?: number;
  /** How many calls that fit are let through first. @default 0 */
  readonly after?: number;
  /** The call (or entry) takes effect all the same, and only its answer is a failure. @default false */
  readonly applied?: boolean;
  /** The HTTP status of a refused call; 500 and above are the service's fault, and SDKs repeat them. @default 500 */
  readonly status?: number;
  /** @default "InternalFailure" */
  readonly code?: string;
  /** @default "The service was told to refuse this." */
  readonly message?: string;
}

interface Pending {
  readonly refusal: Refusal;
  letThrough: number;
  left: number;
}

/** What a local service has been told to refuse. */
export class Refusals {
  #pending: Pending[] = [];

  /** Adds a refusal; the function it returns takes it back. */
  add(refusal: Refusal): () => void {
    const pending: Pending = { refusal, letThrough: refusal.after ?? 0, left: refusal.times ?? 1 };
    this.#pending.push(pending);
    return () => {
      this.#pending = this.#pending.filter((other) => other !== pending);
    };
  }

  /** The refusal that befalls this call, if any, counted as used. */
  take(action: string, resource: string | undefined): Refusal | undefined {
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

/** The failure that a refusal asks for, its defaults filled in. */
export function failureOf({ status, code, message }: Refusal): { status: number; code: string; message: string } {
  return {
    status: status ?? 500,
    code: code ?? "InternalFailure",
    message: message ?? "The service was told to refuse this.",
  };
}

/** Whether the refusal concerns this entry of a batch. */
export function refusesEntry(refusal: Refusal, entry: unknown, index: number): boolean {
  const { entries } = refusal;
  if (entries === undefined) return false;
  return typeof entries === "function" ? entries(entry, index) : entries.includes(index);
}
