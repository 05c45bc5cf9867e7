import { flawInEmail, flawInName, isEmail } from "../umapi/address.ts";
import { countryCode } from "../umapi/countries.ts";
import type { Helper } from "./expression.ts";

/**
 * The functions that mappings have besides JSONata's own. Each takes what an HR system may hold, and has no value for
 * anything it cannot read.
 */
export const helpers: Readonly<Record<string, Helper>> = {
  /** A country's code of ISO 3166-1 from its code of two or three letters, or from its English name. */
  country: ofText(countryCode),
  /** An email in small letters, without spaces around it. */
  email: ofText((text) => (flawInEmail(text) === undefined ? text.toLowerCase() : undefined)),
  /** A username, or what an email has before its @. */
  username: ofText((text) => {
    const name = isEmail(text) ? text.slice(0, text.lastIndexOf("@")) : text;
    return flawInName(name) === undefined ? name : undefined;
  }),
  /** A text without spaces around it, unless it is empty. */
  text: ofText((text) => text),
  /** A date as the time at which it starts in UTC. Any other text is as it was: a time, or for the API to refuse. */
  time: ofText((text) => (isDate(text) ? startOf(text, 0) : text)),
  /** A date as the time at which it ends in UTC. */
  endOf: ofText((text) => (isDate(text) ? startOf(text, 1) : text)),
};

const dayMs = 24 * 60 * 60 * 1000;
const isDate = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
const startOf = (date: string, days: number) => new Date(Date.parse(date) + days * dayMs).toISOString();

function ofText(read: (text: string) => string | undefined): Helper {
  return (value) => {
    const text = typeof value === "string" ? value.trim() : "";
    return text === "" ? undefined : read(text);
  };
}
