import { expect, test } from "vitest";
import type { Command, UserCommand, UserGroupCommand } from "../../../shared/umapi/command.ts";
import { isSameRoot } from "../../../shared/umapi/same-root.ts";

type Root = Omit<UserCommand, "do"> | Omit<UserGroupCommand, "do">;

/** Roots in ways that mean the same; each line means another user or group. */
const roots: Root[][] = [
  [{ user: "ada@x.com" }, { user: "ADA@x.com" }, { user: "ada@x.com", useAdobeID: false }],
  [
    { user: "ada@x.com", useAdobeID: true },
    { user: "Ada@X.com", useAdobeID: true },
  ],
  [
    { user: "ada@x.com", domain: "x.com" },
    { user: "ada@x.com", domain: "X.COM" },
  ],
  [{ user: "ada@x.com", domain: "y.com" }],
  [{ user: "ada@x.com", domain: "x.com", useAdobeID: true }],
  [{ user: "bob@x.com" }],
  [{ user: "Design" }],
  [{ usergroup: "Design" }, { usergroup: "design" }],
  [{ usergroup: "Print" }],
];
const commandOn = (root: Root): Command =>
  "user" in root ? { ...root, do: [{ remove: "all" }] } : { ...root, do: [{ deleteUserGroup: {} }] };

test("Two commands have one root only if they name it in the same way", () => {
  for (const [line, ones] of roots.entries())
    for (const [otherLine, others] of roots.entries())
      for (const one of ones)
        for (const other of others)
          expect([one, other, isSameRoot(commandOn(one), commandOn(other))]).toEqual([one, other, line === otherLine]);
});
