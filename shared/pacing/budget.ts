/** How many action requests Adobe takes from one credential in any window. */
export interface Budget {
  readonly requests: number;
  readonly windowSeconds: number;
}

/** Reads `10/60`: requests, a slash, the window's seconds. Undefined if it is not of that form. */
export function parseBudget(text: string): Budget | undefined {
  const match = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text);
  return match === null ? undefined : { requests: Number(match[1]), windowSeconds: Number(match[2]) };
}
