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

What an operation that failed has in \`error.code\`, and what to do about it. The two right columns are its \`error.hint\`.
Adobe's own list: [Error conditions](https://adobe-apiplatform.github.io/umapi-documentation/en/api/ErrorRef.html).

* **Retry** is \`POST /v1/operations/{id}/retry\`. It goes on with what is not known to be done.
* Where what to do says nothing of a retry, a retry cannot change the outcome.
* What is **handed in anew** starts at its first step. The steps before \`error.step\` normally stand: leave them out, or give a create an option.
* Where \`error.certain\` is false, the operation may have been applied all the same: look the user or group up first.

What a code does to its operation:

| effect | what happens |
| --- | --- |
| permanent | It fails at once. |
| transient | The attempt is charged, and it goes again after a wait that grows; charged attempt ${lastCharge} is the last. |
| transient behind its create | What the same operation, or one that travelled with it, has created is not found yet: transient. |
| throttled | It goes again after a wait that grows. Nothing is charged. |
| too long | It goes again one step at a time. If one step alone is too long, it fails. |
| done on a repeat of … | Only if an earlier attempt may have been applied (no answer, an outage, a crash): then what was to be done counts as done. A user's rename is confirmed by a look at the new name. |

\`error.organization.*\` and \`error.apikey.*\` fail nothing where Adobe refuses a whole request with them: everything waits
(\`waiting.reason\`) until the credential is mended, or the organisation has been migrated.
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
      "Inside `error.internal.*`, where the message has",
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
    `## Any other code\n\nPermanent, but transient under \`error.internal.\`. ${cellsOf(adviceOnUnknownCodes).join(" ")}\n`,
  ].join("\n");
}

/** Codes that have both rule and advice in common share a row. */
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
  const exception = permanentIf === undefined ? "" : `; permanent where the message has ${wordsOf(permanentIf)}`;
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
      return `what renames ${root}`;
    case "removal":
      return `what removes ${root} in the end`;
    case "any step":
      return "any step";
  }
}
