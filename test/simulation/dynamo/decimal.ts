import { validationException } from "./errors.ts";

/**
 * DynamoDB's numbers, as text without an exponent and without zeros that say nothing, so that equal numbers are equal
 * texts. AWS: up to 38 digits of precision, magnitudes of 1E-130 to 9.9…E+125.
 */

const short = /^(?:0|-?[1-9]\d{0,14})$/;
const number = /^(-?)(\d+(?:\.\d*)?|\.\d+)(?:[eE]([+-]?\d+))?$/;
const maxDigits = 38;

/** The one text that stands for the number. @throws ValidationException */
export function canonicalNumber(text: string): string {
  if (short.test(text)) return text;
  const [, sign = "", mantissa = "", power = "0"] = number.exec(text) ?? [];
  if (mantissa === "") {
    throw validationException(`The parameter cannot be converted to a numeric value${text && `: ${text}`}`);
  }
  const [whole = "", fraction = ""] = mantissa.split(".");
  const withoutZeros = (whole + fraction).replace(/^0+/, "");
  const digits = withoutZeros.replace(/0+$/, "");
  if (digits === "") return "0";
  /** Digits before the point; at most 0 where the number is below 1 and starts with zeros after it. */
  const point = withoutZeros.length - fraction.length + Number(power);
  if (point > 126) {
    throw validationException(
      "Number overflow. Attempting to store a number with magnitude larger than supported range",
    );
  }
  if (point < -129) {
    throw validationException(
      "Number underflow. Attempting to store a number with magnitude smaller than supported range",
    );
  }
  if (digits.length > maxDigits) {
    throw validationException("Attempting to store more than 38 significant digits in a Number");
  }
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits.padEnd(point, "0")}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** Compares two canonical numbers by value: below 0 where `one` is the smaller. */
export function compareNumbers(one: string, other: string): number {
  if (one === other) return 0;
  if (short.test(one) && short.test(other)) return Number(one) - Number(other);
  const scale = Math.max(scaleOf(one), scaleOf(other));
  return scaled(one, scale) < scaled(other, scale) ? -1 : 1;
}

/** The sum of two canonical numbers, exactly. @throws ValidationException where DynamoDB cannot hold it */
export function addNumbers(one: string, other: string): string {
  const scale = Math.max(scaleOf(one), scaleOf(other));
  return canonicalNumber(`${scaled(one, scale) + scaled(other, scale)}e-${scale}`);
}

/** The difference of two canonical numbers, exactly. @throws ValidationException where DynamoDB cannot hold it */
export function subtractNumbers(one: string, other: string): string {
  return addNumbers(one, other.startsWith("-") ? other.slice(1) : `-${other}`);
}

/** The digits that a canonical number holds, but for zeros at its ends. */
export function significantDigits(canonical: string): number {
  return canonical.replace(/[-.]/g, "").replace(/^0+|0+$/g, "").length;
}

function scaleOf(canonical: string): number {
  const point = canonical.indexOf(".");
  return point === -1 ? 0 : canonical.length - point - 1;
}

function scaled(canonical: string, scale: number): bigint {
  const [whole = "", fraction = ""] = canonical.split(".");
  return BigInt(whole + fraction.padEnd(scale, "0"));
}
