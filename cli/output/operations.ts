import { callOf, type Operation, rootOf } from "../operations/operation.ts";
import type { FollowUp } from "./follow-up.ts";
import { counted, grouped, plainText } from "./text.ts";
import { waitingFor } from "./waiting.ts";

export const operationHeading = ["ID", "STATUS", "ON", "ACCEPTED", "WHY"];

/** A row of a table under `operationHeading`. */
export function operationRow(operation: Operation): string[] {
  const { id, status, acceptedAt, error, waiting } = operation;
  const why = error === undefined ? (waiting === undefined ? "" : waitingFor(waiting)) : errorCode(error);
  return [id, status, rootOf(operation), acceptedAt.replace(/\.\d+Z$/, "Z"), why];
}

/** All there is to say of one operation. */
export function operationText(operation: Operation): string {
  const { id, status, attempts, acceptedAt, notBefore, updatedAt, waiting, canceledAt, canceledBy, certain, error } =
    operation;
  return [
    `${id} ${status}`,
    `  on        ${plainText(rootOf(operation))}`,
    `  accepted  ${acceptedAt}`,
    ...(notBefore === undefined ? [] : [`  due       ${notBefore}`]),
    `  updated   ${updatedAt}`,
    ...(attempts === 0 ? [] : [`  charged   ${counted(attempts, "attempt")}`]),
    ...(waiting === undefined ? [] : [`  ${waitingFor(waiting)}`]),
    ...(canceledAt === undefined
      ? []
      : [`  canceled  ${canceledAt}${canceledBy === undefined ? "" : ` by ${plainText(canceledBy)}`}`]),
    ...(certain === false ? [notCertain] : []),
    ...(error === undefined ? [] : errorLines(error)),
  ].join("\n");
}

/** The most of alike failures that are named. */
const mostNamed = 20;

/** What became of operations that were handed in together, and what to do about those that failed. */
export function outcomeText(operations: readonly Operation[], followUp: FollowUp, testOnly = false): string {
  const failed = operations.filter(({ status }) => status === "failed");
  const retries = callsOf(failed).map((call) => `  ${followUp(`retry --call ${call} --wait`)}`);
  return [
    ...failureTexts(failed, followUp),
    `${summary(operations)}${testOnly ? " Adobe has only checked, and changed nothing." : ""}`,
    ...(failed.length === 0 ? [] : ["Once what made them fail is mended:", ...retries]),
  ].join("\n");
}

/** What to say of operations that nobody waits for. */
export function handedInText(ids: readonly string[], followUp: FollowUp): string {
  const [are, them] = ids.length === 1 ? ["is", "it"] : ["are", "them"];
  const lists = callsOf(ids.map((id) => ({ id }))).map((call) => `  ${followUp(`list --call ${call}`)}`);
  return [`${counted(ids.length, "operation")} ${are} handed in. See what becomes of ${them}:`, ...lists].join("\n");
}

/** Alike failures together: Adobe's own words may name the person, and its code and our hint do not. */
function failureTexts(failed: readonly Operation[], followUp: FollowUp): string[] {
  const alike = Map.groupBy(failed, ({ error }) => JSON.stringify([error?.code, error?.step, error?.certain]));
  return [...alike.values()].map((failures) => {
    const error = failures[0]?.error;
    const named = failures.slice(0, mostNamed).map((failure) => `  ${failure.id}  ${plainText(rootOf(failure))}`);
    const lists = callsOf(failures).map((call) => `    ${followUp(`list --status failed --call ${call}`)}`);
    return [
      `${counted(failures.length, "operation")} failed:`,
      ...named,
      ...(failures.length <= mostNamed ? [] : [`  … and ${grouped(failures.length - mostNamed)} more:`, ...lists]),
      ...(error === undefined ? [] : errorLines(error)),
    ].join("\n");
  });
}

/** For example `1,000 operations: 995 succeeded, 5 failed.` */
function summary(operations: readonly Operation[]): string {
  const parts = (["succeeded", "failed", "canceled"] as const).flatMap((status) => {
    const count = operations.filter((operation) => operation.status === status).length;
    return count === 0 ? [] : [`${grouped(count)} ${status}`];
  });
  return `${counted(operations.length, "operation")}: ${parts.join(", ")}.`;
}

const callsOf = (operations: readonly { readonly id: string }[]) => [
  ...new Set(operations.map(({ id }) => callOf(id))),
];

const notCertain = "  certain   no: it may have been applied all the same";

function errorLines(error: NonNullable<Operation["error"]>): string[] {
  return [
    `  error     ${errorCode(error)}`,
    `  message   ${plainText(error.message)}`,
    ...(error.hint === undefined ? [] : [`  hint      ${error.hint}`]),
    ...(error.certain ? [] : [notCertain]),
  ];
}

/** For example `error.group.not_found at step 1`. */
export function errorCode({ code, step }: NonNullable<Operation["error"]>): string {
  return step === undefined ? code : `${code} at step ${step}`;
}
