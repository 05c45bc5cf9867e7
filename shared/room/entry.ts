import * as z from "zod/mini";
import type { OperationId } from "../operation/operation.ts";
import type { ListName, Parked } from "../operation/parked.ts";
import type { Place } from "../operation/place.ts";
import type { NameKeys } from "./names.ts";

/** A parked operation in an entry of the room. It counts only if its row says the same. */
export interface Occupant {
  readonly id: OperationId;
  readonly generation: number;
  readonly release: number;
  readonly place: Place;
  /** When the entry was written, in milliseconds since the epoch. Its row is written within minutes, or never. */
  readonly enteredAt: number;
}

/** An entry that was found in the room. */
export interface Found {
  readonly key: ItemKey;
  readonly occupant: Occupant;
  /** It cannot be read: the occupant is what its key tells of it. The row says the rest. */
  readonly isDamaged?: true;
}

/** A parked operation with everything that its entries contain. */
export interface Entrant extends Occupant {
  readonly parked: Parked;
  readonly names: NameKeys;
  /** The names under which older work finds it, if it goes ahead of that. */
  readonly ahead?: readonly string[];
}

/** An entry with a due time (milliseconds since the epoch): an operation, or a list of operations. */
export type DueEntry =
  | (Found & { readonly kind: "operation"; readonly dueAt: number })
  | { readonly kind: "list"; readonly key: ItemKey; readonly dueAt: number; readonly list: ListName };

/** The state of a list that has members. */
export interface ListState {
  /** When its members may go. Absent while they still wait for the end of an operation. */
  readonly dueAt?: number;
  /** How many members may go at a time. */
  readonly take: number;
  /** In the list of an error code: how often in a row a member that was sent drew the code again. */
  readonly failures: number;
  /** How many operations have entered it. */
  readonly entered: number;
}

/** Each kind is queried separately, so that many entries of one kind do not delay another. */
export type DueKind = "leaver" | "ready" | "held" | "suspect" | "unsettled" | "scheduled";
export const dueKinds: readonly DueKind[] = ["leaver", "ready", "held", "suspect", "unsettled", "scheduled"];

export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

export type Item = ItemKey & Readonly<Record<string, unknown>>;

export const occupantSchema: z.ZodMiniType<Occupant> = z.object({
  id: z.pipe(
    z.string(),
    z.transform((id) => id as OperationId),
  ),
  generation: z.number(),
  release: z.number(),
  place: z.pipe(
    z.string(),
    z.transform((place) => place as Place),
  ),
  enteredAt: z.number(),
});

export const dueSchema = z.object({
  dueAt: z.number(),
  occupant: z.exactOptional(occupantSchema),
  list: z.exactOptional(z.string()),
});

/** DynamoDB deletes such an entry after this time. */
const aheadKeptSeconds = 30 * 24 * 60 * 60;

/** The keys of the room's table for one lane. */
export class RoomKeys {
  readonly #lane: string;

  constructor(lane: string) {
    this.#lane = lane;
  }

  due(kind: DueKind): string {
    return `${this.#lane}#due#${kind}`;
  }

  /** @param by which operations are asked for: all that touch the name, or only those that write it */
  name(by: "touched" | "written", key: string): string {
    return `${this.#lane}#${by}#${key}`;
  }

  list(list: ListName): string {
    return `${this.#lane}#${list}`;
  }

  /** The key of all lists that have members. */
  get lists(): string {
    return `${this.#lane}#lists`;
  }

  dueOfList(kind: DueKind, dueAt: number, list: ListName): Item {
    return { pk: this.due(kind), sk: `${padded(dueAt)}#${list}`, dueAt, list };
  }

  /** A key that sorts after everything that is due by `now`. */
  dueAfter(now: number): string {
    return padded(now + 1);
  }

  /** What cannot be read, kept until it can. */
  get aside(): string {
    return `${this.#lane}#aside`;
  }

  /** The key of leavers that have gone ahead of older work on the name, or are about to. */
  ahead(key: string): string {
    return `${this.#lane}#ahead#${key}`;
  }

  /** Entries that outlast the operation, for work that was accepted before it. */
  aheadOf({ names: _, parked: __, ahead = [], ...occupant }: Entrant): Item[] {
    const sk = `${occupant.place}#${occupant.id}`;
    const expiresAt = Math.floor(occupant.enteredAt / 1000) + aheadKeptSeconds;
    return ahead.map((key) => ({ pk: this.ahead(key), sk, occupant, expiresAt }));
  }

  namesOf({ names, parked: _, ahead: __, ...occupant }: Entrant): Item[] {
    return this.standing(names, occupant);
  }

  /** Where an operation stands under names. */
  standing(names: NameKeys, occupant: Occupant): Item[] {
    const sk = `${occupant.place}#${occupant.id}`;
    const entry = (by: "touched" | "written", key: string): Item => ({ pk: this.name(by, key), sk, occupant });
    return [
      ...names.writes.flatMap((key) => [entry("written", key), entry("touched", key)]),
      ...names.reads.map((key) => entry("touched", key)),
    ];
  }

  /** The entry of the operation in its list. */
  listOf({ parked, names: _, ahead: __, ...occupant }: Entrant): Item[] {
    if (parked.list === undefined) return [];
    // In the list of a code, an operation that draws the code again goes to the end. In the list behind an operation,
    // places keep their order.
    const order = parked.list.startsWith("code#") ? `${padded(parked.since)}#` : "";
    return [{ pk: this.list(parked.list), sk: `${order}${occupant.place}#${occupant.id}`, occupant }];
  }

  /** The due entry of an operation that does not stand in a list. */
  dueOfEntrant({ parked, names: _, ahead: __, ...occupant }: Entrant): Item[] {
    const { dueAt } = parked;
    if (dueAt === undefined) return [];
    return [{ pk: this.due(parked.reason), sk: `${padded(dueAt)}#${occupant.place}#${occupant.id}`, dueAt, occupant }];
  }
}

export const listStateSchema = z.object({
  dueAt: z.exactOptional(z.number()),
  take: z._default(z.number(), 1),
  failures: z._default(z.number(), 0),
  entered: z._default(z.number(), 0),
});

export function toListState(item: unknown): ListState {
  // Without a due time, so that the sweeper looks who may go.
  return listStateSchema.safeParse(item).data ?? { take: 1, failures: 0, entered: 0 };
}

export function toDueEntry(item: Item): DueEntry {
  const { pk, sk } = item;
  const { dueAt = Number(sk.split("#", 1)[0]) } = dueSchema.safeParse(item).data ?? {};
  const list = listIn(sk);
  if (list !== undefined) return { kind: "list", key: { pk, sk }, dueAt, list };
  return { kind: "operation", dueAt, ...toFound(item) };
}

export function toFound({ pk, sk, ...item }: Item): Found {
  const read = z.object({ occupant: occupantSchema }).safeParse(item).data;
  if (read !== undefined) return { key: { pk, sk }, occupant: read.occupant };
  return { key: { pk, sk }, occupant: occupantIn(sk), isDamaged: true };
}

function padded(ms: number): string {
  return String(ms).padStart(16, "0");
}

/** The list whose due entry has this key, if it is one of a list. */
function listIn(sk: string): ListName | undefined {
  const name = sk.slice(sk.indexOf("#") + 1);
  return /^(behind|code|removals)#/.test(name) ? (name as ListName) : undefined;
}

/** What the end of each key tells of an operation: its place and its id. */
function occupantIn(sk: string): Occupant {
  const [, place = "", id = ""] = /^(?:[\d.]{16,38}#)?(.*)#([^#]*)$/.exec(sk) ?? [];
  const newest = Number.MAX_SAFE_INTEGER;
  return { id: id as OperationId, place: place as Place, generation: newest, release: 0, enteredAt: newest };
}
