/** Rules about leavers, broken as `plants.ts` has it. */
export const leaverPlants = [
  {
    rule: "leavers go first",
    file: "shared/leavers/leavers-first.ts",
    snippet: "if (!isOn || row.place === undefined",
    replacement: "if (isOn || row.place === undefined",
    seed: 120,
  },
  {
    rule: "only what is older than a leaver is superseded",
    file: "shared/dispatch/older-work.ts",
    snippet: "const place = placeIn(row);",
    replacement: 'const place = "" as ReturnType<typeof placeIn>;',
    seed: 3,
  },
  {
    rule: "a leaver that has gone is remembered for older work",
    file: "shared/room/waiting-room.ts",
    snippet: "if (!isSuccess(row.status)) await room.leaveAhead(entrant);",
    replacement: "await room.leaveAhead(entrant);",
    seed: 3,
  },
  {
    rule: "a leaver in test mode supersedes nothing",
    file: "shared/leavers/leaver.ts",
    snippet: "if (testOnly || removalSet",
    replacement: "if (removalSet",
    seed: 3,
  },
  {
    rule: "lists go without who has left",
    file: "shared/dispatch/older-work.ts",
    snippet: "if (!batch.leaveOut(operation.id, standing.without)) return standing;",
    replacement: "return standing;",
    seed: 2,
  },
  {
    rule: "a leaver goes once more after an older rename onto its name",
    file: "shared/leavers/standing.ts",
    snippet: 'again: "user" in command ? gone : [],',
    replacement: "again: [],",
    seed: 2,
  },
  {
    rule: "a leaver goes once more right after the rename, and not after a rehire",
    file: "shared/leavers/once-more.ts",
    snippet: "place: placeRightAfter(place)",
    replacement: 'place: "~" as Place',
    seed: 1,
  },
  {
    rule: "nothing supersedes a leaver that goes once more",
    file: "shared/dispatch/older-work.ts",
    snippet: "operation.testOnly || isOnceMore(operation) ||",
    replacement: "operation.testOnly ||",
    seed: 2,
  },
];
