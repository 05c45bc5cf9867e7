import { CommandError } from "../errors.ts";

/**
 * Refuses the placeholders of the examples that people fill in: `<my enterprise domain>`, `my organization id`, `Client
 * ID goes here`.
 *
 * @param values by the names that the file has
 * @throws CommandError that names them
 */
export function refusePlaceholders(file: string, values: Readonly<Record<string, unknown>>): void {
  const isLeft = (value: unknown) =>
    typeof value === "string" && /^(<.*>|(my|your)[ _].*|.* goes here|path\/to\/.*)$/i.test(value);
  const left = Object.entries(values).flatMap(([name, value]) => ([value].flat().some(isLeft) ? [name] : []));
  if (left.length > 0)
    throw new CommandError(
      `${file} still has its placeholders in ${left.join(", ")}. Put in what the Developer Console shows.`,
    );
}
