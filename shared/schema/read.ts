import type * as z from "zod/mini";

/**
 * The type of what a schema reads, readonly all the way down. A type that is made by this has every field that the schema
 * reads and no other: a field that only the type had would be dropped on reading, without a word.
 */
export type Read<Schema extends z.core.$ZodType> = Immutable<z.output<Schema>>;

type Immutable<Value> = Value extends string | number | boolean
  ? Value
  : { readonly [Key in keyof Value]: Immutable<Value[Key]> };

/** A schema of an object of the type, which names every field of it, those too that may be absent. */
export type SchemaOf<Type> = z.ZodMiniType<Type> & {
  readonly shape: { readonly [Field in keyof Required<Type>]: z.core.$ZodType };
};
