import * as z from "zod/mini";
import { SetupError } from "./setup-error.ts";

/** The local names of the stack's resources. */
export interface References {
  /** The value of `Ref` for a resource, parameter or pseudo parameter; undefined if it is unknown here. */
  ref(name: string): string | undefined;
  /** The value of `Fn::GetAtt`; undefined if it is unknown here. */
  attribute(logicalId: string, attribute: string): string | undefined;
}

const list = z.array(z.unknown());
const texts = z.array(z.union([z.string(), z.number(), z.boolean()]));
const join = z.tuple([z.string(), z.unknown()]);
const substitution = z.union([z.string(), z.tuple([z.string(), z.record(z.string(), z.unknown())])]);
const getAtt = z.union([z.string(), z.tuple([z.string(), z.string()])]);
const record = z.record(z.string(), z.unknown());

/** Stands for `{"Ref": "AWS::NoValue"}`, which removes the property that has it. */
const noValue = Symbol("AWS::NoValue");

/**
 * Replaces the intrinsic functions of CloudFormation in a value of a template by their values.
 *
 * Knows Ref, Fn::GetAtt, Fn::Join, Fn::Sub, Fn::Select and Fn::Split.
 *
 * @param where the value's place in the template, for errors
 * @throws {SetupError} on any other function, on a reference that is unknown here, on a malformed argument
 */
export function resolveIntrinsics(value: unknown, where: string, references: References): unknown {
  const resolved = resolveValue(value, where, references);
  return resolved === noValue ? undefined : resolved;
}

function resolveValue(value: unknown, where: string, references: References): unknown {
  if (typeof value === "string" && value.includes("{{resolve:")) {
    throw new SetupError(`${where}: the local host resolves no dynamic references, found ${value}`);
  }
  if (Array.isArray(value)) {
    return value
      .map((item, index) => resolveValue(item, `${where}.${index}`, references))
      .filter((item) => item !== noValue);
  }
  const object = record.safeParse(value);
  if (!object.success) return value;
  const [only, ...others] = Object.entries(object.data);
  if (only && others.length === 0 && (only[0] === "Ref" || only[0].startsWith("Fn::"))) {
    return applyFunction(only[0], only[1], where, references);
  }
  return Object.fromEntries(
    Object.entries(object.data)
      .map(([key, item]) => [key, resolveValue(item, `${where}.${key}`, references)] as const)
      .filter(([, item]) => item !== noValue),
  );
}

function applyFunction(name: string, argument: unknown, where: string, references: References): unknown {
  const here = `${where}.${name}`;
  const resolveArgument = (value: unknown) => resolveValue(value, here, references);
  switch (name) {
    case "Ref": {
      const target = expectShape(z.string(), argument, here);
      return target === "AWS::NoValue" ? noValue : known(references.ref(target), `Ref ${target}`, where);
    }
    case "Fn::GetAtt": {
      const target = expectShape(getAtt, argument, here);
      const [logicalId, attribute] = typeof target === "string" ? splitAtDot(target) : target;
      return known(references.attribute(logicalId, attribute), `Fn::GetAtt ${logicalId}.${attribute}`, where);
    }
    case "Fn::Join": {
      const [delimiter, items] = expectShape(join, argument, here);
      return expectShape(texts, resolveArgument(items), here).join(delimiter);
    }
    case "Fn::Sub": {
      const target = expectShape(substitution, argument, here);
      const [text, variables] = typeof target === "string" ? [target, {}] : target;
      return substitute(text, expectShape(record, resolveArgument(variables), here), where, references);
    }
    case "Fn::Select": {
      const [index, items] = expectShape(z.tuple([z.coerce.number(), list]), resolveArgument(argument), here);
      return known(items[index], `Fn::Select ${index}`, where);
    }
    case "Fn::Split": {
      const [delimiter, text] = expectShape(z.tuple([z.string(), z.string()]), resolveArgument(argument), here);
      return text.split(delimiter);
    }
    default:
      throw new SetupError(`${where}: the local host does not know ${name}`);
  }
}

/** `${Name}`, `${Name.Attribute}`, and `${!Literal}` which stays as `${Literal}`. */
function substitute(text: string, variables: Record<string, unknown>, where: string, references: References): string {
  return text.replaceAll(/\$\{([^}]+)\}/g, (_, placeholder: string) => {
    if (placeholder.startsWith("!")) return `\${${placeholder.slice(1)}}`;
    if (Object.hasOwn(variables, placeholder)) return String(variables[placeholder]);
    const value = placeholder.includes(".")
      ? references.attribute(...splitAtDot(placeholder))
      : references.ref(placeholder);
    return String(known(value, `Fn::Sub \${${placeholder}}`, where));
  });
}

function splitAtDot(target: string): [logicalId: string, attribute: string] {
  const dot = target.indexOf(".");
  return dot < 0 ? [target, ""] : [target.slice(0, dot), target.slice(dot + 1)];
}

function known(value: unknown, what: string, where: string): unknown {
  if (value === undefined) throw new SetupError(`${where}: ${what} has no counterpart on this machine`);
  return value;
}

function expectShape<T extends z.ZodMiniType>(schema: T, value: unknown, where: string): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new SetupError(`${where}: malformed argument ${JSON.stringify(value)}`);
  return parsed.data;
}
