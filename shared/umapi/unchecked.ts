/** Whether a JSON value is an object, and neither null nor a list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at `path` in an unchecked JSON value, without inherited properties; or undefined. */
export function valueAt(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => (isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined), value);
}

/** The entries of an unchecked command's `do` that have exactly one key, with their place. */
export function stepsIn(command: unknown): { readonly index: number; readonly name: string; readonly step: unknown }[] {
  const steps = valueAt(command, "do");
  if (!Array.isArray(steps)) return [];
  return steps.flatMap((step, index) => {
    const [name, ...more] = isObject(step) ? Object.keys(step) : [];
    return name === undefined || more.length > 0 ? [] : [{ index, name, step: valueAt(step, name) }];
  });
}
