import * as z from "zod/mini";
import { placeSchema } from "../operation/place.ts";
import type { Read } from "../schema/read.ts";
import { unversioned, versioned } from "../schema/version.ts";
import { type Item, type ItemKey, occupantSchema } from "./entry.ts";

/** The newest version of this form that this code can read, and the one that it writes. */
const asideVersion = 1;

export const asideSchema = z.object({
  occupant: occupantSchema,
  /** The message that was taken out of the queue for it; absent where the room held it before. */
  body: z.exactOptional(z.string()),
  /** Where the message stands in the order; absent where its number was of another queue. */
  places: z.exactOptional(z.array(placeSchema)),
});

/** Work that cannot be read, kept until a version comes that can. The occupant is its one operation, or its last. */
export type Aside = Read<typeof asideSchema>;

export interface FoundAside {
  readonly key: ItemKey;
  /** Undefined where a newer version has set it aside. */
  readonly aside?: Aside;
}

export function asideItem(pk: string, aside: Aside): Item {
  const { place, id } = aside.occupant;
  // What the room held before says less than a message, and must not take its place.
  const kind = aside.body === undefined ? "entry" : "message";
  return { pk, sk: `${kind}#${place}#${id}`, ...versioned(asideVersion, aside) };
}

export function toFoundAside({ pk, sk, ...item }: Item): FoundAside {
  const aside = asideSchema.safeParse(unversioned(item, asideVersion)).data;
  return { key: { pk, sk }, ...(aside === undefined ? {} : { aside }) };
}
