/** A mutant that no test can or need kill. */
export interface Explained {
  /** The line of source in which it begins. */
  readonly line: string;
  /** What stands there, and what the mutant has instead; long code is cut. */
  readonly change: string;
  readonly why: string;
}

/** Mutants of one line that survive for one reason. */
export const alike = (line: string, why: string, ...changes: string[]): Explained[] =>
  changes.map((change) => ({ line, change, why }));

export const forTheCompiler = "The condition is for the compiler alone: nothing else can stand here.";
export const hasSteps = "A command has at least one step.";
export const absent = "A field that is undefined means the same as one that is absent, to every reader and in JSON.";

/** By the file, from the project's root. */
export type ExplainedIn = Readonly<Record<string, readonly Explained[]>>;
