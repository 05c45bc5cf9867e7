import * as z from "zod/mini";
import { placeSchema } from "../operation/place.ts";
import type { Read } from "../schema/read.ts";
import { unversioned, versioned } from "../schema/version.ts";
import { type Item, type ItemKey, occupantSchema } from "./entry.ts";

/** The newest version of this form that this code reads, and the one that it writes. */
const asideVersion = 1;

export const asideSchema = z.object({
  occupant: occupantSchema,
  /** The message that was taken out of the queue for it; absent if the room held it before. */
  body: z.exactOptional(z.string()),
  /** The places of its operations in the order; absent if its sequence number came from another queue. */
  places: z.exactOptional(z.array(placeSchema)),
});

/**
 * Unreadable work, kept until a version that can read it is deployed. The occupant is its only or its last operation.
 */
export type Aside = Read<typeof asideSchema>;

export interface FoundAside {
  readonly key: ItemKey;
  /** Undefined if a newer version has set it aside. */
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
