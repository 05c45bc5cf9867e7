/** A step of an operation, for example `add group: Design, Print; product: Acrobat`. */
export function stepText(step: Readonly<Record<string, unknown>>): string {
  return Object.entries(step)
    .map(([name, value]) => `${name} ${valueText(value)}`.trimEnd())
    .join("; ");
}

function valueText(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return value.map(valueText).join(", ");
  return Object.entries(value)
    .map(([name, part]) => `${name}: ${valueText(part)}`)
    .join("; ");
}
