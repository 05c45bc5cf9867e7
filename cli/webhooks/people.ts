import * as z from "zod/mini";
import type { SeededPerson } from "../../shared/api/seed-body.ts";
import { flawInEmail } from "../../shared/umapi/address.ts";
import { CommandError } from "../errors.ts";
import { readText } from "../files.ts";
import { recordsOf } from "../input/csv/records.ts";
import { jsonOf } from "./load-sources.ts";

type Field = keyof SeededPerson;

/** What HR systems call the columns of their exports, in small letters and without signs. */
const headings: Readonly<Record<Field, readonly string[]>> = {
  record: ["record", "id", "employeeid", "employee", "personid", "individualid", "uuid", "eeid"],
  email: ["email", "workemail", "emailaddress", "mail"],
  username: ["username", "login"],
  domain: ["domain"],
};

const fields: readonly Field[] = ["record", "email", "username", "domain"];

/**
 * Reads who people are: CSV with a heading, such as `id,email`, or a JSON list of objects with the same names.
 *
 * @throws CommandError with each line that cannot be used
 */
export async function readPeople(file: string): Promise<readonly SeededPerson[]> {
  const text = await readText(file);
  const rows = /^\s*\[/.test(text) ? jsonRows(text, file) : csvRows(text, file);
  const faults = rows.flatMap(({ at, person }) => {
    const fault = faultOf(person);
    return fault === undefined ? [] : [`  ${at}: ${fault}`];
  });
  if (rows.length === 0) throw new CommandError(`${file} names nobody.`);
  if (faults.length === 0) return rows.map(({ person }) => person);
  const shown = faults.slice(0, 20);
  const more = faults.length > shown.length ? [`  and ${faults.length - shown.length} more`] : [];
  throw new CommandError([`${file} cannot be used; nothing was seeded.`, ...shown, ...more].join("\n"));
}

interface Row {
  readonly at: string;
  readonly person: SeededPerson;
}

function csvRows(text: string, file: string): Row[] {
  const { heading, read } = recordsOf(text, (cell) => fieldOf(cell) !== undefined);
  const columns = (heading?.cells ?? []).map(fieldOf);
  if (!columns.includes("record") || !(columns.includes("email") || columns.includes("username")))
    throw new CommandError(
      `${file} needs a column for the record's id (such as id) and one for the email or the username; its heading is ${heading?.cells.join(", ") ?? "missing"}.`,
    );
  const rows: Row[] = [];
  const fault = read(({ cells, line }) => {
    const values = columns.flatMap((field, place) => (field === undefined ? [] : [[field, cells[place]] as const]));
    rows.push({ at: `line ${line}`, person: personOf(values) });
  });
  if (fault !== undefined) throw new CommandError(`${file}, ${fault.at}: ${fault.detail}.`);
  return rows;
}

const listSchema = z.array(z.record(z.string(), z.unknown()));

function jsonRows(text: string, file: string): Row[] {
  const list = listSchema.safeParse(jsonOf(text, file));
  if (!list.success) throw new CommandError(`${file} is not a list of objects such as {"id", "email"}.`);
  return list.data.map((each, index) => ({
    at: `entry ${index + 1}`,
    person: personOf(
      Object.entries(each).flatMap(([name, value]) => {
        const field = fieldOf(name);
        return field === undefined || (typeof value !== "string" && typeof value !== "number")
          ? []
          : [[field, String(value)] as const];
      }),
    ),
  }));
}

function fieldOf(name: string): Field | undefined {
  const plain = name.toLowerCase().replaceAll(/[^a-z]/g, "");
  return fields.find((field) => headings[field].includes(plain));
}

/** Of several columns for a field the first that says something. */
function personOf(values: readonly (readonly [Field, string | undefined])[]): SeededPerson {
  const said: Partial<Record<Field, string>> = {};
  for (const [field, value = ""] of values) if (value.trim() !== "") said[field] ??= value.trim();
  const { record = "", ...names } = said;
  return { record, ...names };
}

function faultOf({ record, email, username }: SeededPerson): string | undefined {
  if (record === "") return "no id of the record";
  if (email === undefined && username === undefined) return "no email and no username";
  const flaw = email === undefined ? undefined : flawInEmail(email);
  return flaw === undefined ? undefined : `an email with ${flaw}`;
}
