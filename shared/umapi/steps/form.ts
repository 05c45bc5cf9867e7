/**
 * The parts of the forms of steps. A form gives the fields and their types, but no rules for their values: a rule can
 * be tightened at any time, and what was accepted before must still be read.
 */
import * as z from "zod/mini";

/** An object that has these fields, and perhaps others. */
export function form<Shape extends z.core.$ZodShape>(shape: Shape): z.ZodMiniObject<Shape, z.core.$strip> {
  return z.looseObject(shape);
}

export const optional = z.exactOptional;
export const text = z.string();
export const optionalText = optional(text);
export const optionalList = optional(z.array(text));
export const optionalOption = optional(z.enum(["ignoreIfAlreadyExists", "updateIfAlreadyExists"]));
