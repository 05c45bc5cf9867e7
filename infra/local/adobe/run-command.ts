import type { Command } from "./command.ts";
import { checkCommand } from "./command-rules.ts";
import type { Organisation } from "./organisation.ts";
import { Refusal } from "./refusal.ts";
import { type Change, planUserStep } from "./steps-user.ts";
import { planUsergroupStep } from "./steps-usergroup.ts";

/** The result of a command; `step` counts from 0 and is absent if the fault is in the command as a whole. */
export interface CommandResult {
  readonly error?: { readonly code: string; readonly message: string; readonly step?: number };
  /** Steps that used a deprecated key. */
  readonly deprecatedSteps: readonly number[];
}

/** A failure that replaces the command's own result, from the step that it names. */
export interface ForcedFailure {
  readonly code: string;
  readonly message: string;
  readonly step?: number;
}

/**
 * Checks a command and carries it out, step by step. A command that breaks a rule of form is refused before its first
 * step. An impossible step ends the command, and the steps before it stay applied.
 */
export function runCommand(
  entry: unknown,
  at: { readonly organisation: Organisation; readonly testMode: boolean; readonly forced?: ForcedFailure },
): CommandResult {
  const checked = checkCommand(entry);
  if (checked.kind === "refused") {
    if (at.forced !== undefined) return { error: at.forced, deprecatedSteps: [] };
    const { code, message } = checked.refusal;
    return {
      error: { code, message, ...(checked.step === undefined ? {} : { step: checked.step }) },
      deprecatedSteps: [],
    };
  }
  const { command } = checked;
  const deprecatedSteps = command.steps.flatMap((step, index) =>
    "deprecated" in step && step.deprecated ? [index] : [],
  );
  const error = runSteps(command, at);
  return { ...(error === undefined ? {} : { error }), deprecatedSteps };
}

function runSteps(
  command: Command,
  at: { readonly organisation: Organisation; readonly testMode: boolean; readonly forced?: ForcedFailure },
): CommandResult["error"] {
  const plans = stepPlans(command, at);
  const lawful = at.forced === undefined ? plans : plans.slice(0, at.forced.step ?? 0);
  for (const [step, plan] of lawful.entries()) {
    try {
      const change = plan();
      if (!at.testMode) change();
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      return { code: refusal.code, message: refusal.message, step };
    }
  }
  return at.forced;
}

/** One function per step; each must be called only after the change of the one before it is made. */
function stepPlans(
  command: Command,
  { organisation, testMode }: { readonly organisation: Organisation; readonly testMode: boolean },
): (() => Change)[] {
  if (command.root === "user") {
    const { address } = command;
    const subject = { user: organisation.users.find(address) };
    return command.steps.map((step) => () => planUserStep(step, { organisation, address, subject, testMode }));
  }
  const { name } = command;
  const found = organisation.groups.find(name);
  const subject = { group: found?.type === "USER_GROUP" ? found : undefined, promised: false };
  return command.steps.map((step) => () => planUsergroupStep(step, { organisation, name, subject, testMode }));
}
