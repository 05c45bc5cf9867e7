import * as z from "zod/mini";
import { isObject } from "../umapi/unchecked.ts";

/** A schema for an object of Adobe's. Fields beyond the schema are left out, and `null` counts as absent. */
export function tolerant<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.pipe(z.transform(withoutNulls), z.object(shape));
}

/** Copies only objects that have a null: a page holds thousands of objects, and hardly any has one. */
function withoutNulls(value: unknown): unknown {
  if (!isObject(value) || !Object.values(value).includes(null)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== null));
}
