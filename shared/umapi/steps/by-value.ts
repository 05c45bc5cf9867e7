import { oneStep, type StepOf, type StepRules, type StepsByName } from "./step-rules.ts";
import { type UserStepValues, userSteps } from "./user.ts";
import { type UserGroupStepValues, userGroupSteps } from "./usergroup.ts";

/** The catalogue's functions for a step on a user. */
export const onUser = actionsOf<UserStepValues>(userSteps);

/** The catalogue's functions for a step on a user group. */
export const onUserGroup = actionsOf<UserGroupStepValues>(userGroupSteps);

function actionsOf<Values>(catalogue: Catalogue<Values>) {
  type Step = StepsByName<Values>;
  return {
    /** The step cut to Adobe's sizes. The same step always gives the same steps. */
    cut: (step: Step) => visit(catalogue, step, ({ cut }, value, stepWith) => cut(value).map(stepWith)),
    /** The step to send if an earlier send may have been applied. */
    repeat: (step: Step) => visit(catalogue, step, ({ repeat }, value, stepWith) => stepWith(repeat(value))),
  };
}

type Rules<Value> = Pick<StepRules<Value, never>, "cut" | "repeat">;
type Catalogue<Values> = { readonly [Name in keyof Values]: Rules<Values[Name]> };

/** Finds the rules for a step. Only here a value meets the rules for its type. */
function visit<Values, Result>(
  catalogue: Catalogue<Values>,
  step: StepsByName<Values>,
  visitor: <Value>(rules: Rules<Value>, value: Value, stepWith: (value: Value) => StepOf<Values>) => Result,
): Result {
  for (const name in step) {
    const value: Values[typeof name] | undefined = step[name];
    if (value === undefined) continue;
    return visitor(catalogue[name], value, (changed) => {
      const other: { [Name in keyof Values]?: Values[Name] } = {};
      other[name] = changed;
      return oneStep<Values>(changed === value ? step : other);
    });
  }
  throw new TypeError("The catalogue has no such step.");
}
