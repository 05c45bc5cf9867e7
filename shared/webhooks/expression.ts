import jsonata from "jsonata";
import { RegExpTimeout, timedRegExp } from "./timed-regexp.ts";

/** A JSONata expression, compiled once. */
export interface Expression {
  /** What was written. */
  readonly text: string;
  /**
   * Its value as JSON for an input, or why it has none. Never throws. An absent value is undefined.
   *
   * @param input a JSON value
   * @param now milliseconds since the epoch, for `$now()` and `$millis()`
   */
  evaluate(input: unknown, now: number): Promise<Evaluated>;
}

type Evaluated =
  | { readonly ok: true; readonly value: unknown }
  /** A sentence without anything of the input. */
  | { readonly ok: false; readonly reason: string };

/** A function that expressions may call by its name, with `$` before it. It returns JSON, or undefined. */
export type Helper = (argument: unknown) => unknown;

/** An expression may run for this long, call functions this deep, and make lists of this length. */
const limits = { timeout: 1000, stack: 200, sequence: 10_000 };
const RegexEngine = timedRegExp(limits.timeout);

/** The expression cannot be compiled. The message says where and why. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
}

/** @throws ExpressionError */
export function compile(text: string, helpers: Readonly<Record<string, Helper>> = {}): Expression {
  const compiled = parsed(text);
  for (const [name, helper] of Object.entries(helpers)) compiled.registerFunction(name, helper, "<x?:x>");
  return { text, evaluate: (input, now) => inTurn(() => evaluated(compiled, text, input, now)) };
}

let last: Promise<unknown> = Promise.resolve();

/** One at a time: the limit is on the clock, which would count for all that run together. */
function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  const mine = last.then(work);
  last = mine;
  return mine;
}

async function evaluated(compiled: jsonata.Expression, text: string, input: unknown, now: number): Promise<Evaluated> {
  const clock = { now: () => new Date(now).toISOString(), millis: () => now };
  try {
    const value: unknown = await compiled.evaluate(input, clock);
    return { ok: true, value: value === undefined ? undefined : JSON.parse(JSON.stringify(value) ?? "null") };
  } catch (error) {
    return { ok: false, reason: reasonOf(error, text) };
  }
}

function parsed(text: string): jsonata.Expression {
  try {
    return jsonata(text, { ...limits, RegexEngine });
  } catch (error) {
    const { code, position, message } = partsOf(error);
    throw new ExpressionError(`${placeOf(text, position)}${message ?? "it is not JSONata"} (${code ?? "no code"})`);
  }
}

/** The messages of JSONata quote values, which may be personal data. So only the code and the place are told. */
function reasonOf(error: unknown, text: string): string {
  const { code, position, message } = partsOf(error);
  if (code === "D3137" && message !== undefined && isWrittenIn(text, message)) return message;
  const what = meanings[code ?? ""] ?? "it cannot be worked out with this input";
  return `${placeOf(text, position)}${what} (${code ?? "no code"}).`;
}

const meanings: Readonly<Record<string, string>> = {
  D1011: `functions call each other more than ${limits.stack} deep`,
  D1012: `it takes longer than ${limits.timeout} ms`,
  D2014: `a range is longer than ${limits.sequence}`,
  D2015: `a list is longer than ${limits.sequence}`,
  D3137: "$error was called with a text that is not written in the expression, and so is not shown",
  T0410: "a function got a value of another kind than it takes",
  T1006: "something is called that is not a function",
  T2001: "the left side of a calculation is not a number",
  T2002: "the right side of a calculation is not a number",
};

/** Whether a text stands in the expression as a string of its own, so that it holds nothing of the input. */
export function isWrittenIn(expression: string, text: string): boolean {
  return [`"${text}"`, `'${text}'`].some((literal) => expression.includes(literal));
}

function placeOf(text: string, position: number | undefined): string {
  if (position === undefined) return "";
  const before = text.slice(0, position).split("\n");
  return `Line ${before.length}, column ${Math.max(1, before.at(-1)?.length ?? 1)}: `;
}

interface Parts {
  readonly code?: string;
  readonly position?: number;
  readonly message?: string;
}

function partsOf(error: unknown): Parts {
  if (typeof error !== "object" || error === null) return {};
  if (error instanceof RegExpTimeout) return { code: "D1012" };
  const parts: Partial<Record<keyof Parts, unknown>> = error;
  return {
    ...(typeof parts.code === "string" && /^[A-Z]\d{4}$/.test(parts.code) && { code: parts.code }),
    ...(typeof parts.position === "number" && { position: parts.position }),
    ...(typeof parts.message === "string" && { message: parts.message }),
  };
}
