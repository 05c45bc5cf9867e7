import { lastCharge } from "../../shared/ledger/row.ts";
import type { Advice } from "../../shared/umapi/errors/advice/advice.ts";
import { adviceOnCommands } from "../../shared/umapi/errors/advice/commands.ts";
import { adviceOnGroups } from "../../shared/umapi/errors/advice/groups.ts";
import { adviceOnOwnCodes, adviceOnUnknownCodes } from "../../shared/umapi/errors/advice/own.ts";
import { adviceOnService, internalFieldRule, internalNotAllowed } from "../../shared/umapi/errors/advice/service.ts";
import { adviceOnUsers } from "../../shared/umapi/errors/advice/users.ts";
import { type CodeRule, type Repeated, ruleOn } from "../../shared/umapi/errors/code-rules.ts";
import { section } from "./table.ts";

const head = `# Error codes

<!-- Made by \`npm run docs\` from shared/umapi/errors; edit that. -->

A failed operation has one of these codes in \`error.code\`. The two right columns are its \`error.hint\`.
Adobe's own list: [Error conditions](https://adobe-apiplatform.github.io/umapi-documentation/en/api/ErrorRef.html).

* **Retry** is \`POST /v1/operations/{id}/retry\`. It sends the steps that are not known to be done.
* If "what to do" does not mention a retry, a retry cannot change the outcome.
* An operation that is **submitted again** starts at its first step. The steps before \`error.step\` have normally been applied: leave them out, or give a create an option.
* If \`error.certain\` is false, the operation may have been applied all the same: look the user or group up first.

What a code does to its operation:

| effect | what happens |
| --- | --- |
| permanent | The operation fails at once. |
| transient | The attempt is charged, and the operation is sent again after a growing wait; charged attempt ${lastCharge} is the last. |
| transient behind its create | Transient if the same operation, or one in the same command, created the user or group: Adobe may not find it yet. |
| throttled | The operation is sent again after a growing wait. Nothing is charged. |
| too long | The operation is sent again one step at a time. If one step alone is too long, it fails. |
| done on a repeat of … | If an earlier attempt may have been applied (no answer, an outage, a crash), the step counts as done. A user's rename is confirmed by looking up the new name. |

\`error.organization.*\` and \`error.apikey.*\` fail no operation if Adobe refuses a whole request with them: everything waits
(\`waiting.reason\`) until the credential is mended, or the migration of the organisation ends.
`;

/** `docs/errors.md`: every error code with its rule and its advice. */
export function errorsPage(): string {
  return [
    head,
    codesSection("Users and their accounts", adviceOnUsers),
    codesSection("Groups, profiles and roles", adviceOnGroups),
    codesSection("The form of a command", adviceOnCommands),
    codesSection("Adobe's service and its credential", adviceOnService),
    section(
      "Inside `error.internal.*`, if the message has",
      ["message", "what is wrong", "what to do"],
      [
        ["`FIELD_`", ...cellsOf(internalFieldRule)],
        ["`NOT_ALLOWED`", ...cellsOf(internalNotAllowed)],
      ],
    ),
    section(
      "Codes that are not Adobe's",
      ["code", "what is wrong", "what to do"],
      Object.entries(adviceOnOwnCodes).map(([code, advice]) => [`\`${code}\``, ...cellsOf(advice)]),
    ),
    `## Any other code\n\nIt is permanent, or transient if it begins with \`error.internal.\`. ${cellsOf(adviceOnUnknownCodes).join(" ")}\n`,
  ].join("\n");
}

/** Codes with the same rule and the same advice share a row. */
function codesSection(title: string, advice: Readonly<Record<string, Advice>>): string {
  const rows = new Map<string, { readonly codes: string[]; readonly cells: readonly string[] }>();
  for (const [code, each] of Object.entries(advice)) {
    const cells = [effectOf(ruleOn(code)), ...cellsOf(each)];
    const key = cells.join("\n");
    const row = rows.get(key) ?? { codes: [], cells };
    row.codes.push(`\`${code}\``);
    rows.set(key, row);
  }
  return section(
    title,
    ["code", "effect", "what is wrong", "what to do"],
    [...rows.values()].map(({ codes, cells }) => [codes.join("<br>"), ...cells]),
  );
}

function cellsOf({ explanation, remedy }: Advice): string[] {
  // Names such as _admin_ are not emphasis.
  return [explanation, remedy].map((text) => text.replaceAll("_", "\\_"));
}

function effectOf({ meaning, permanentIf, doneOnRepeatOf = [], missing }: CodeRule): string {
  const effect = meaning === "too-long" ? "too long" : meaning;
  const exception = permanentIf === undefined ? "" : `; permanent if the message has ${wordsOf(permanentIf)}`;
  const done = doneOnRepeatOf.map(repeatOf).join(" or ");
  const delay = missing === undefined ? "" : "; transient behind its create";
  return `${effect}${exception}${delay}${done === "" ? "" : `; done on a repeat of ${done}`}`;
}

function wordsOf(pattern: RegExp): string {
  return pattern.source
    .split("|")
    .map((word) => `\`${word}\``)
    .join(" or ");
}

function repeatOf({ what, on }: Repeated): string {
  const root = { user: "a user", usergroup: "a user group", either: "a user or a user group" }[on ?? "either"];
  switch (what) {
    case "create":
      return `the create of ${root}`;
    case "add":
      return "an add";
    case "rename":
      return `a rename of ${root}`;
    case "removal":
      return `a final removal of ${root}`;
    case "any step":
      return "any step";
  }
}
