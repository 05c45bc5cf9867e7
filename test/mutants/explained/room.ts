import { absent, alike, type ExplainedIn } from "./alike.ts";

export const room: ExplainedIn = {
  "shared/room/entry.ts": [
    ...alike(
      "export const dueSchema = z.object({",
      "The time is read from the key as well, where it is the same.",
      "{ dueAt: z.number(), occupant: z.exactOptional(occupantSchem… → {}",
    ),
    ...alike(
      'const [, place = "", id = ""] = /^(?:[\\d.]{16,38}#)?(.*)#([^#]*)$/.exec(sk) ?? [];',
      "The leftmost match begins at the start in any case, and the rest takes all that it can.",
      "/^(?:[\\d.]{16,38}#)?(.*)#([^#]*)$/ → /(?:[\\d.]{16,38}#)?(.*)#([^#]*)$/",
      "/^(?:[\\d.]{16,38}#)?(.*)#([^#]*)$/ → /^(?:[\\d.]{16,38}#)?(.*)#([^#]*)/",
    ),
    ...alike(
      'const [, place = "", id = ""] = /^(?:[\\d.]{16,38}#)?(.*)#([^#]*)$/.exec(sk) ?? [];',
      "The first element is not read.",
      '[] → ["Stryker was here"]',
    ),
  ],
  "shared/room/waiting-room.ts": [
    ...alike(
      "guests.push(candidate.list === undefined ? { row } : { row, list: candidate.list });",
      absent,
      "candidate.list === undefined → false",
    ),
    ...alike(
      "return (await this.#services.room.due(kind, Number.MAX_SAFE_INTEGER - 1, count)).length < count;",
      "Nothing is due as late as either.",
      "Number.MAX_SAFE_INTEGER - 1 → Number.MAX_SAFE_INTEGER + 1",
    ),
    ...alike(
      "const hasEnded = row !== undefined && isOver(row, occupant, false);",
      "Of no row nothing is over, and of a row it does not matter whether its entry is dead.",
      "row !== undefined → true",
      "false → true",
    ),
    ...alike(
      'await room.leaveNames({ ...occupant, parked: { reason: "ready", dueAt: 0 }, names: namesOf(row) });',
      "What is deleted here are the names alone.",
      '{ reason: "ready", dueAt: 0 } → {}',
      '"ready" → ""',
    ),
    ...alike(
      "if (isOver(row, occupant, false) || parked === undefined || occupant.release !== (row.operation.release ?? 0))",
      "Of a row it does not matter whether its entry is dead.",
      "false → true",
    ),
    ...alike(
      'return row === "unreadable" ? undefined : row;',
      "What cannot be read is never over, and so not dropped here.",
      'row === "unreadable" → false',
      '"unreadable" → ""',
    ),
    ...alike(
      "return found.map(({ occupant }) => occupant).reduce((one, other) => (one.place > other.place ? one : other));",
      "Two with one place are one operation.",
      "one.place > other.place → one.place >= other.place",
    ),
  ],
};
