/** A mutant that no test can or need kill. */
export interface Explained {
  /** The line of source in which it begins. */
  readonly line: string;
  /** What stands there, and what the mutant has instead; long code is cut. */
  readonly change: string;
  readonly why: string;
}

/** Every mutant that survives, by its file, and why it may. */
export const explained: Readonly<Record<string, readonly Explained[]>> = {};
