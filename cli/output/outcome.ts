import { callOf } from "../../client/call-of.ts";
import { hasFailed, type SeenOperation } from "../../client/seen-operation.ts";
import { finalStatuses } from "../../shared/operation/status.ts";
import { groupBy } from "../group-by.ts";
import { isWorthRetrying, rootOf } from "../operations/operation.ts";
import { isRepeated, type Repeats } from "../operations/repeats.ts";
import { detailLines, wrapped } from "./details.ts";
import { errorDetails } from "./failure.ts";
import type { FollowUp } from "./follow-up.ts";
import type { Look } from "./look.ts";
import { counted, grouped, plainText } from "./text.ts";

/** The most failures of one kind that are listed. */
const mostNamed = 20;

export interface OutcomeOptions {
  readonly followUp: FollowUp;
  readonly look: Look;
  /** @default - none was submitted before */
  readonly repeats?: Repeats;
  /** @default false */
  readonly testOnly?: boolean;
}

/** What became of operations that were submitted together, and what to do about those that failed. */
export function outcomeText(operations: readonly SeenOperation[], options: OutcomeOptions): string {
  const { followUp, look, repeats = new Map(), testOnly = false } = options;
  const failed = operations.filter(hasFailed);
  return [
    ...failureTexts(failed, followUp, look),
    `${summary(operations, repeats)}${testOnly ? " Adobe has only checked, and changed nothing." : ""}`,
    ...repeatedPart(operations, repeats),
    ...supersededPart(operations),
    ...adviceOn(failed, followUp, look),
  ].join("\n");
}

/** Groups failures by code and hint, because Adobe's own message may name the person. */
function failureTexts(failed: readonly SeenOperation[], followUp: FollowUp, look: Look): string[] {
  const alike = groupBy(failed, ({ error }) => JSON.stringify([error?.code, error?.step, error?.certain]));
  return [...alike.values()].map((failures) => {
    const error = failures[0]?.error;
    const named = failures.slice(0, mostNamed).map((failure) => `  ${failure.id}  ${plainText(rootOf(failure))}`);
    const lists = callsOf(failures).map((call) => `    ${followUp(`list --status failed --call ${call}`)}`);
    return [
      `${counted(failures.length, "operation")} failed:`,
      ...named,
      ...(failures.length <= mostNamed ? [] : [`  … and ${grouped(failures.length - mostNamed)} more:`, ...lists]),
      ...(error === undefined ? [] : detailLines(errorDetails(error), look)),
    ].join("\n");
  });
}

/**
 * For example `1,000 operations: 995 succeeded, 5 failed.` Operations that had succeeded before they were submitted
 * again count as repeated.
 */
function summary(operations: readonly SeenOperation[], repeats: Repeats): string {
  const counts = groupBy(operations, (operation) => (isRepeated(operation, repeats) ? "repeated" : operation.status));
  // Known ones in their order; then what only a newer service has.
  const outcomes = new Set<string>([...finalStatuses, ...counts.keys()]);
  outcomes.delete("repeated");
  const parts = [...outcomes, "repeated"].flatMap((outcome) => {
    const count = counts.get(outcome)?.length ?? 0;
    return count === 0 ? [] : [`${grouped(count)} ${outcome}`];
  });
  return `${counted(operations.length, "operation")}: ${parts.join(", ")}.`;
}

function repeatedPart({ length }: readonly SeenOperation[], { size }: Repeats): string[] {
  if (size === 0) return [];
  if (size < length) return [`${grouped(size)} of them were submitted before: these were not queued again.`];
  return [`${length === 1 ? "It was" : "They were"} submitted before: nothing was queued now.`];
}

function supersededPart(operations: readonly SeenOperation[]): string[] {
  const { length } = operations.filter(({ status }) => status === "superseded");
  if (length === 0) return [];
  const which = length < operations.length ? `${grouped(length)} of them` : length === 1 ? "It" : "They";
  const isOne = length === 1;
  return [
    `${which} ${isOne ? "was" : "were"} not sent any more: ${isOne ? "the person was" : "their people were"} removed first.`,
  ];
}

/** What to do about failures: advises a retry only for those that it may help. */
function adviceOn(failed: readonly SeenOperation[], followUp: FollowUp, look: Look): string[] {
  const worthIt = failed.filter(isWorthRetrying);
  const hopeless = failed.length - worthIt.length;
  const which = (count: number) =>
    count === failed.length ? (count === 1 ? "it" : "them") : `${grouped(count)} of them`;
  return [
    ...(worthIt.length === 0
      ? []
      : [
          `Once what made ${which(worthIt.length)} fail is mended:`,
          ...callsOf(worthIt).map((call) => `  ${followUp(`retry --call ${call} --wait`)}`),
        ]),
    ...(hopeless === 0
      ? []
      : wrapped(
          `A retry would change nothing for ${which(hopeless)}: correct what was submitted, and submit it again.`,
          look,
        )),
  ];
}

/** What to say of operations that the command does not wait for. @param known how many had been submitted before */
export function handedInText(ids: readonly string[], known: number, followUp: FollowUp): string {
  const them = ids.length === 1 ? "it" : "them";
  const lists = callsOf(ids.map((id) => ({ id }))).map((call) => `  ${followUp(`list --call ${call}`)}`);
  const isNew = ids.length > known;
  const told = isNew
    ? `${counted(ids.length - known, "operation")} ${ids.length - known === 1 ? "is" : "are"} submitted. `
    : "Nothing was queued now. ";
  return [`${told}See what ${isNew ? "becomes" : "became"} of ${them}:`, ...lists].join("\n");
}

const callsOf = (operations: readonly { readonly id: string }[]) => [
  ...new Set(operations.map(({ id }) => callOf(id))),
];
