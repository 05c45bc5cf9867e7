import { callOf, type Operation, rootOf } from "../operations/operation.ts";
import { counted, grouped, plainText } from "./text.ts";
import { waitingFor } from "./waiting.ts";

export const operationHeading = ["ID", "STATUS", "ON", "ACCEPTED", "WHY"];

/** A row of a table under `operationHeading`. */
export function operationRow(operation: Operation): string[] {
  const { id, status, acceptedAt, error, waiting } = operation;
  const why = error === undefined ? (waiting === undefined ? "" : waitingFor(waiting)) : errorCode(error);
  return [id, status, rootOf(operation), acceptedAt, why];
}

/** All there is to say of one operation. */
export function operationText(operation: Operation): string {
  const { id, status, attempts, acceptedAt, updatedAt, waiting, error } = operation;
  return [
    `${id} ${status}`,
    `  on        ${plainText(rootOf(operation))}`,
    `  accepted  ${acceptedAt}`,
    `  updated   ${updatedAt}`,
    ...(attempts === 0 ? [] : [`  charged   ${counted(attempts, "attempt")}`]),
    ...(waiting === undefined ? [] : [`  ${waitingFor(waiting)}`]),
    ...(error === undefined ? [] : errorLines(error)),
  ].join("\n");
}

/** What failed, why, and what to do, alike failures together. */
export function failureTexts(operations: readonly Operation[]): string[] {
  const alike = new Map<string, Operation[]>();
  for (const operation of operations)
    if (operation.status === "failed") {
      const { error } = operation;
      const key = JSON.stringify(error);
      alike.set(key, [...(alike.get(key) ?? []), operation]);
    }
  return [...alike.values()].map((failures) => {
    const error = failures[0]?.error;
    return [
      `${counted(failures.length, "operation")} failed:`,
      ...failures.map((failure) => `  ${failure.id}  ${plainText(rootOf(failure))}`),
      ...(error === undefined ? [] : errorLines(error)),
    ].join("\n");
  });
}

/** For example `1,000 operations: 995 succeeded, 5 failed.` */
export function summary(operations: readonly Operation[]): string {
  const parts = (["succeeded", "failed", "queued"] as const).flatMap((status) => {
    const count = operations.filter((operation) => operation.status === status).length;
    return count === 0 ? [] : [`${grouped(count)} ${status}`];
  });
  return `${counted(operations.length, "operation")}: ${parts.join(", ")}.`;
}

/** How to ask again for operations that were handed in together. */
export function listCommands(ids: readonly string[]): string[] {
  return [...new Set(ids.map(callOf))].map((call) => `umapi list --call ${call}`);
}

function errorLines(error: NonNullable<Operation["error"]>): string[] {
  return [
    `  error     ${errorCode(error)}`,
    `  message   ${plainText(error.message)}`,
    ...(error.hint === undefined ? [] : [`  hint      ${error.hint}`]),
    ...(error.certain ? [] : ["  certain   no: it may have been applied all the same"]),
  ];
}

/** For example `error.group.not_found at step 1`. */
export function errorCode({ code, step }: NonNullable<Operation["error"]>): string {
  return step === undefined ? code : `${code} at step ${step}`;
}
