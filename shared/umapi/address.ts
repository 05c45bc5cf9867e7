/**
 * Finds emails, usernames and domains that must be mistakes. Each function returns what is wrong, in words that follow
 * "with", or undefined. Anything that could be meant, such as letters outside ASCII, is left for Adobe to judge.
 */
import { domainToASCII } from "node:url";
import { characterFound } from "./characters.ts";
import { unseenIn } from "./sendable-text.ts";

type Flaw = string | undefined;

/**
 * Spaces, signs around and between addresses (quotes, angle brackets, commas, semicolons), and characters that only
 * look like @.
 */
const between = /[\s"`<>,;\p{Z}\p{Pi}\p{Pf}\u201A\u201E\uFE6B\uFF20]/u;
/** A character outside RFC 5322's `atext` and dots, in any script (RFC 6532). */
const notInLocalPart = /[^\p{L}\p{M}\p{N}.!#$%&'*+/=?^_{|}~-]/u;
const notInDomain = /[^\p{L}\p{M}\p{N}.-]/u;

/**
 * A spreadsheet takes a text for a formula if it starts with =, or with + or - and has an operator later. `+49170@…` is
 * not a formula.
 */
const formula = /^(?:=|[+-][^@]*[^\p{L}\p{M}\p{N}.@_-])/u;

const maxLabelLetters = 63;

/** Whether UMAPI reads a root or a name as an email and not as a username. */
export const isEmail = (name: string) => name.includes("@");

/** What is wrong with a user's name: an email or, without @, a username. */
export function flawInName(name: string): Flaw {
  return isEmail(name) ? flawInEmail(name) : (flawInEither(name) ?? flawInDots(name, "at its end"));
}

export function flawInEmail(email: string): Flaw {
  const at = email.lastIndexOf("@");
  if (at < 0) return flawInEither(email) ?? "no @";
  const local = email.slice(0, at);
  return flawInEither(email) ?? flawInLocalPart(local) ?? flawInHostName(email, at + 1);
}

export function flawInDomain(domain: string): Flaw {
  return unseenIn(domain) ?? flawInHostName(domain, 0);
}

function flawInEither(name: string): Flaw {
  if (/^mailto:/i.test(name)) return "mailto: at its start";
  if (formula.test(name)) return "a spreadsheet's formula in it";
  if (name.startsWith("'")) return "an apostrophe at its start";
  return unseenIn(name) ?? characterFound(name, between);
}

function flawInLocalPart(local: string): Flaw {
  if (local === "") return "nothing before the @";
  if (isEmail(local)) return "more than one @";
  return characterFound(local, notInLocalPart) ?? flawInDots(local, "before the @");
}

function flawInDots(text: string, end: string): Flaw {
  if (text.startsWith(".")) return "a dot at its start";
  if (text.endsWith(".")) return `a dot ${end}`;
  return text.includes("..") ? "two dots in a row" : undefined;
}

/** Host names: RFC 1123, section 2.1, and RFC 5890 for letters outside ASCII. @param from where in the text it starts */
function flawInHostName(text: string, from: number): Flaw {
  const domain = text.slice(from);
  const labels = domain.split(".");
  const found = characterFound(text, notInDomain, from);
  if (found !== undefined) return found;
  if (domain === "") return "no domain";
  if (domain.startsWith(".")) return "a dot at the start of its domain";
  if (domain.endsWith(".")) return "a dot at the end of its domain";
  if (labels.includes("")) return "two dots in a row";
  if (labels.length < 2) return "no dot in its domain";
  if (labels.some((label) => label.startsWith("-") || label.endsWith("-")))
    return "a hyphen at the start or the end of a part of its domain";
  const ascii = domainToASCII(domain);
  if (ascii === "") return "letters in its domain that no domain has together";
  if (ascii.split(".").some(({ length }) => length > maxLabelLetters))
    return `more than ${maxLabelLetters} characters between two dots of its domain`;
  return /^\d+$/.test(labels.at(-1) ?? "") ? "digits alone behind the last dot of its domain" : undefined;
}
