import * as z from "zod/mini";
import { isObject } from "../umapi/unchecked.ts";

/** An object of Adobe's: what it has beyond the schema is left out, and `null` is as good as absent. */
export function tolerant<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.pipe(z.transform(withoutNulls), z.object(shape));
}

/** Copies only what has a null: a page holds thousands of objects, and hardly one of them does. */
function withoutNulls(value: unknown): unknown {
  if (!isObject(value) || !Object.values(value).includes(null)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== null));
}
