import { Option } from "@commander-js/extra-typings";
import { SetupError } from "../host/setup-error.ts";

/** A number of requests in a number of seconds, both at least 1. */
export interface RateFlag {
  readonly requests: number;
  readonly seconds: number;
}

/** @param usage for example `--port <port>`, as for the other kinds of flags */
export function portFlag<Usage extends string>(usage: Usage, description: string, value: number) {
  const read = reader(usage, "a port from 0 (any that is free) to 65535", (text) => wholeNumber(text, 65_535));
  return new Option(usage, description).argParser(read).default(value);
}

export function countFlag<Usage extends string>(usage: Usage, description: string, value: number, max: number) {
  const read = reader(usage, `a whole number from 0 to ${max}`, (text) => wholeNumber(text, max));
  return new Option(usage, description).argParser(read).default(value);
}

export function rateFlag<Usage extends string>(usage: Usage, description: string, value: string) {
  const read = rateReader(usage);
  return new Option(usage, description).argParser(read).default(read(value), value);
}

export function rateFlagWithoutDefault<Usage extends string>(usage: Usage, description: string) {
  return new Option(usage, description).argParser(rateReader(usage));
}

const rateReader = (usage: string) =>
  reader(usage, "requests/seconds, both whole and at least 1, for example 10/60", rateOf);

/** A flag whose text is used as it is. @param isValid whether it is what was expected */
export function textFlag<Usage extends string>(
  usage: Usage,
  description: string,
  value: string,
  { isValid, expected }: { readonly isValid: (text: string) => boolean; readonly expected: string },
) {
  const read = reader(usage, expected, (text) => (isValid(text) ? text : undefined));
  return new Option(usage, description).argParser(read).default(value);
}

/** The default is the first of the choices. */
export function choiceFlag<Usage extends string, const Choices extends readonly [string, ...string[]]>(
  usage: Usage,
  description: string,
  choices: Choices,
) {
  const find = (text: string): Choices[number] | undefined => choices.find((choice) => choice === text);
  const read = reader(usage, choices.join(" or "), find);
  return new Option(usage, description)
    .argParser<Choices[number]>(read)
    .default<Choices[number]>(choices[0], choices[0]);
}

function reader<Value>(usage: string, expected: string, read: (text: string) => Value | undefined) {
  return (text: string): Value => {
    const value = read(text);
    if (value !== undefined) return value;
    throw new SetupError(`${usage.split(" ", 1)[0]} is "${text}"; expected ${expected}`);
  };
}

function wholeNumber(text: string, max: number): number | undefined {
  return /^\d{1,9}$/.test(text) && Number(text) <= max ? Number(text) : undefined;
}

function rateOf(text: string): RateFlag | undefined {
  const [, requests, seconds] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const rate = { requests: Number(requests), seconds: Number(seconds) };
  return rate.requests >= 1 && rate.seconds >= 1 ? rate : undefined;
}
