/**
 * What a column may be called: as in Adobe's samples (`upn,mail,firstname,lastname,country_code,groups`) or as in its sync
 * tool (`firstname,lastname,email,country,groups,type,username,domain`).
 */
const namesOf = {
  email: ["email", "mail"],
  username: ["username", "upn"],
  firstname: ["firstname"],
  lastname: ["lastname"],
  country: ["country", "country_code"],
  groups: ["groups"],
  type: ["type"],
  domain: ["domain"],
} as const;

type Field = keyof typeof namesOf;
export type Values = Readonly<Record<Field, string>>;

/** The columns of a file. */
export interface Columns {
  /** As the file calls them, in its order. */
  readonly names: readonly string[];
  /** The values of a line that has one for each column; empty where the file has no such column. */
  read(cells: readonly string[]): Values;
  /** As the file calls the column, or as it might. */
  nameOf(field: Field): string;
}

/** Reads the first line of a file. */
export function readHeader(
  cells: readonly string[],
): { readonly ok: true; readonly columns: Columns } | { readonly ok: false; readonly fault: string } {
  const names = cells.map((cell) => cell.toLowerCase());
  const known = Object.values(namesOf).flat().map(String);
  const strange = names.findIndex((name) => !known.includes(name));
  if (strange !== -1) {
    const advice = names.length === 1 && /[;\t]/.test(names[0] ?? "") ? "separate columns by commas; " : "";
    const fault = `column ${strange + 1} of the heading is unknown; ${advice}the columns known are ${known.join(", ")}`;
    return { ok: false, fault };
  }
  const fields = Object.keys(namesOf).filter(isField);
  const twice = fields.find((field) => names.filter((name) => isNameOf(field, name)).length > 1);
  if (twice !== undefined) return { ok: false, fault: `two columns for the ${twice}; expected one` };
  const places = new Map(fields.map((field) => [field, names.findIndex((name) => isNameOf(field, name))]));
  if (places.get("email") === -1) return { ok: false, fault: "no column email or mail" };
  const at = (line: readonly string[], field: Field) => line[places.get(field) ?? -1];
  return {
    ok: true,
    columns: {
      names,
      read: (line) => ({
        email: at(line, "email") ?? "",
        username: at(line, "username") ?? "",
        firstname: at(line, "firstname") ?? "",
        lastname: at(line, "lastname") ?? "",
        country: at(line, "country") ?? "",
        groups: at(line, "groups") ?? "",
        type: at(line, "type") ?? "",
        domain: at(line, "domain") ?? "",
      }),
      nameOf: (field) => at(names, field) ?? namesOf[field][0],
    },
  };
}

/**
 * The column that a fault of a line's command comes from.
 *
 * @param pointer into the command
 * @param step the name of its first step
 */
export function columnAt(pointer: string, step: string, columns: Columns): string | undefined {
  const [, place, , name, field] = pointer.split("/");
  if (place === "user")
    return columns.nameOf(columns.names.some((each) => isNameOf("username", each)) ? "username" : "email");
  if (place === "domain") return columns.nameOf("domain");
  if (name === "add") return columns.nameOf("groups");
  // Nothing but a username can be wrong with a create as a whole.
  if (name === step && field === undefined) return columns.nameOf("username");
  if (name !== step || field === undefined || !isField(field)) return undefined;
  return columns.nameOf(field);
}

const isField = (name: string): name is Field => Object.hasOwn(namesOf, name);
const isNameOf = (field: Field, name: string) => namesOf[field].some((each) => each === name);
