import { isObject } from "../unchecked.ts";

/**
 * A mark for every part of a value that is of the type `Part`, in the form of the value itself: `{ to: Mark }` for an
 * object with a text in `to`, and one mark for all entries of a list. A value without such a part has the marks `{}`. A
 * literal of a schema, such as the word "all", is not a part.
 */
export type Marks<Value, Part extends string | boolean, Mark> = [PartMarks<Value, Part, Mark>] extends [never]
  ? Readonly<Record<never, never>>
  : PartMarks<Value, Part, Mark>;

type PartMarks<Value, Part, Mark> = Value extends string
  ? Value extends Part
    ? string extends Value
      ? Mark
      : never
    : never
  : Value extends boolean
    ? Value extends Part
      ? Mark
      : never
    : Value extends number
      ? never
      : Value extends readonly (infer Entry)[]
        ? PartMarks<Entry, Part, Mark>
        : FieldMarks<Required<Value>, Part, Mark>;

type FieldMarks<Fields, Part, Mark> = {
  readonly [Field in keyof Fields as [PartMarks<Fields[Field], Part, Mark>] extends [never] ? never : Field]: PartMarks<
    Fields[Field],
    Part,
    Mark
  >;
};

/** The marks of a value of any type. */
export type AnyMarks<Mark> = Mark | { readonly [field: string]: AnyMarks<Mark> };

/** A mark with the path to the part that it marks. */
export interface Marked<Mark> {
  readonly path: readonly string[];
  readonly mark: Mark;
}

/** The marks one by one. */
export function marked<Mark extends string | boolean>(
  marks: AnyMarks<Mark>,
  path: readonly string[] = [],
): Marked<Mark>[] {
  return typeof marks === "object"
    ? Object.entries(marks).flatMap(([field, inner]) => marked(inner, [...path, field]))
    : [{ path, mark: marks }];
}

/**
 * Visits the parts of a value that a mark marks; in a list, every entry. @param depth how many fields of the path have
 * been followed
 */
export function visitMarked<Mark>(
  value: unknown,
  marked: Marked<Mark>,
  visit: (part: unknown, mark: Mark) => void,
  depth = 0,
): void {
  if (Array.isArray(value)) for (const entry of value) visitMarked(entry, marked, visit, depth);
  else if (depth === marked.path.length) visit(value, marked.mark);
  else if (isObject(value)) visitMarked(value[marked.path[depth] ?? ""], marked, visit, depth + 1);
}
