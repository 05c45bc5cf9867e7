import type * as z from "zod/mini";

/**
 * The type of what a schema reads, readonly all the way down. It has exactly the fields that the schema reads. A field
 * that only the type had would be dropped silently on reading.
 */
export type Read<Schema extends z.core.$ZodType> = Immutable<z.output<Schema>>;

type Immutable<Value> = unknown extends Value
  ? Value
  : Value extends string | number | boolean
    ? Value
    : Value extends readonly unknown[]
      ? { readonly [Key in keyof Value]: Immutable<Value[Key]> }
      : { readonly [Key in keyof Value as IsNamed<Value, Key> extends true ? Key : never]: Immutable<Value[Key]> };

/** The fields of a newer version that a loose object keeps have no names here. */
type IsNamed<Value, Key extends keyof Value> = string extends Key ? (unknown extends Value[Key] ? false : true) : true;

/** A schema of an object of the type. It must name every field of the type, including optional ones. */
export type SchemaOf<Type> = z.ZodMiniType<Type> & {
  readonly shape: { readonly [Field in keyof Required<Type>]: z.core.$ZodType };
};

/**
 * The condition that every value that the schema accepts is of the form, and has no field that the form does not name.
 */
export type Within<Form extends z.core.$ZodType, Schema extends z.core.$ZodType> = [
  Exclude<FieldOf<z.output<Schema>>, FieldOf<z.output<Form>>>,
] extends [never]
  ? z.core.$ZodType<z.output<Form>>
  : { readonly missingInForm: Exclude<FieldOf<z.output<Schema>>, FieldOf<z.output<Form>>> };

type FieldOf<Value> = Value extends string | boolean | readonly unknown[] ? never : keyof Value;
