/** How many requests of one credential to one API Adobe allows in any window. */
export interface Budget {
  readonly requests: number;
  readonly windowSeconds: number;
}

/** How much one credential may read, by API (UMAPI docs). A read of a single user counts as one of users. */
export const readBudgets = {
  users: { requests: 25, windowSeconds: 60 },
  groups: { requests: 5, windowSeconds: 60 },
} as const satisfies Readonly<Record<string, Budget>>;

/** Reads `10/60`: requests, a slash, the window's seconds. Undefined if it is not of that form. */
export function parseBudget(text: string): Budget | undefined {
  const match = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text);
  return match === null ? undefined : { requests: Number(match[1]), windowSeconds: Number(match[2]) };
}
