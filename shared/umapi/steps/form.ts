/**
 * What the forms of steps are made of. A form says which fields there are and of which type, and nothing of what may
 * stand in them: a rule for that can be tightened at any time, and what was accepted before must still be read.
 */
import * as z from "zod/mini";

/** An object that has these fields, whatever stands beside them. */
export function form<Shape extends z.core.$ZodShape>(shape: Shape): z.ZodMiniObject<Shape, z.core.$strip> {
  return z.looseObject(shape);
}

export const optional = z.exactOptional;
export const text = z.string();
export const optionalText = optional(text);
export const optionalList = optional(z.array(text));
export const optionalOption = optional(z.enum(["ignoreIfAlreadyExists", "updateIfAlreadyExists"]));
