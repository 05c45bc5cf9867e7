import { groupBy } from "../../group-by.ts";
import { likest } from "../did-you-mean.ts";
import type { ColumnNames } from "../input.ts";
import { listed, quoted } from "../quoted.ts";
import { compact, type Field, isWholeName, knownWords, listFields, meaningOf, type Values } from "./fields.ts";
import { leavingSign } from "./leaving.ts";

/** A column of a file, and the field that it is read as. */
export interface Column {
  /** Its heading; empty if it has none. */
  readonly name: string;
  /** Undefined if it is ignored. */
  readonly field?: Field | undefined;
  /** For an ignored column: whether a value in it tells that somebody leaves or has left. */
  readonly isSign?: ((value: string) => boolean) | undefined;
  /** For an ignored column: a known heading that its heading may have been meant for. */
  readonly meant?: string | undefined;
}

/** The columns of a file, without empty ones at the end. */
export class Columns {
  readonly all: readonly Column[];
  /** What is wrong with the heading. */
  readonly fault: string | undefined;
  readonly #places: ReadonlyMap<Field, readonly number[]>;

  constructor(all: readonly Column[], fault?: string) {
    this.all = all;
    this.fault = fault;
    const places = new Map<Field, number[]>();
    for (const [place, { field }] of all.entries())
      if (field !== undefined) places.set(field, [...(places.get(field) ?? []), place]);
    this.#places = places;
  }

  has(field: Field): boolean {
    return this.#places.has(field);
  }

  /** The heading of the field's column, or the heading that it would have. */
  nameOf(field: Field): string {
    const [place] = this.#places.get(field) ?? [];
    return place === undefined ? field : (this.all[place]?.name ?? field);
  }

  /** Reads a line. Values that are missing at its end are empty. */
  read(cells: readonly string[]): Values {
    const valueAt = (place: number) => cells[place] ?? "";
    return (field) => (this.#places.get(field) ?? []).map(valueAt).filter(isSaid).join(",");
  }
}

const isSaid = (value: string) => value !== "";

/**
 * Reads the heading of a file.
 *
 * @param named fields, each with the heading that the user gave for it
 */
export function readHeading(cells: readonly string[], named: ColumnNames = new Map()): Columns {
  const names = cells.slice(0, cells.findLastIndex((cell) => cell !== "") + 1);
  const said = saidPlaces(names, named);
  const found = foundPlaces(names, said.places, named);
  return columnsOf(names, new Map([...said.places, ...found.places]), said.fault ?? found.fault);
}

interface Places {
  readonly places: ReadonlyMap<number, Field>;
  readonly fault: string | undefined;
}

function saidPlaces(names: readonly string[], named: ColumnNames): Places {
  const places = new Map<number, Field>();
  const faults: string[] = [];
  for (const [field, headings] of named) {
    if (headings.length > 1 && !listFields.has(field)) faults.push(twice(field, headings));
    for (const heading of headings) {
      const found = placesOf(heading, names);
      const [place] = found;
      if (place !== undefined && found.length === 1) places.set(place, field);
      else faults.push(notOne(heading, field, found.length, names));
    }
  }
  return { places, fault: faults[0] };
}

/** The columns that a heading names: those that match in every letter, or else those that nearly match. */
function placesOf(heading: string, names: readonly string[]): number[] {
  const all = [...names.keys()];
  const exact = all.filter((place) => names[place] === heading.trim());
  return exact.length > 0 ? exact : all.filter((place) => compact(names[place] ?? "") === compact(heading));
}

function notOne(heading: string, field: Field, found: number, names: readonly string[]): string {
  if (found > 1) return `--columns ${field}=${heading}: ${found} columns are called that; expected one`;
  const meant = likest(heading, names);
  return `--columns ${field}=${heading}: no column is called that${meant === undefined ? "" : `; did you mean ${meant}?`}`;
}

/** The fields that the other columns tell by their headings. */
function foundPlaces(names: readonly string[], said: ReadonlyMap<number, Field>, named: ColumnNames): Places {
  const found = [...names.entries()].flatMap(([place, name]) => {
    const meaning = meaningOf(name);
    return meaning === undefined || said.has(place) || named.has(meaning.field) ? [] : [{ place, name, ...meaning }];
  });
  const places = new Map<number, Field>();
  const faults: string[] = [];
  for (const [field, columns] of groupBy(found, (column) => column.field)) {
    const best = Math.min(...columns.map(({ rank }) => rank));
    // The person is asked which of two columns names the user; of a country's code and its name the better heading
    // wins.
    const takesAll = listFields.has(field) || field === "email" || field === "username";
    const taken = takesAll ? columns : columns.filter(({ rank }) => rank === best);
    for (const { place } of taken) places.set(place, field);
    const called = taken.map(({ name }) => name);
    if (called.length > 1 && !listFields.has(field)) faults.push(twice(field, called));
  }
  return { places, fault: faults[0] };
}

function twice(field: Field, names: readonly string[]): string {
  const called = listed(names.map(quoted));
  return `${names.length} columns for the ${field}, ${called}; say which with --columns ${field}=${names[0]}`;
}

function columnsOf(names: readonly string[], places: ReadonlyMap<number, Field>, fault: string | undefined): Columns {
  const told = new Set(places.values());
  const open = new Map(knownWords().filter(([, field]) => !told.has(field)));
  return new Columns(
    names.map((name, place) => {
      const field = places.get(place);
      if (field !== undefined) return { name, field };
      const meant = isWholeName(name) ? undefined : open.get(likest(name, open.keys()) ?? "");
      return { name, isSign: leavingSign(name), meant };
    }),
    fault,
  );
}
