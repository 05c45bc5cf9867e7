import type { Endpoints } from "../endpoints.ts";
import { SetupError } from "../setup-error.ts";
import type { Stack } from "../stack.ts";
import type { Surroundings } from "../surroundings.ts";
import { configureFunction, type Differences } from "./function-configuration.ts";
import { type FunctionListener, LambdaFunction } from "./lambda-function.ts";

export interface FunctionsOptions extends Differences {
  readonly stack: Stack;
  readonly endpoints: Endpoints;
  readonly listener: FunctionListener;
  readonly surroundings: Surroundings;
}

/** The stack's functions. */
export class Functions {
  readonly #functions: readonly LambdaFunction[];

  /** @throws {SetupError} as `configureFunction` */
  constructor({ stack, endpoints, listener, surroundings, ...differences }: FunctionsOptions) {
    this.#functions = stack
      .read("AWS::Lambda::Function", (resource) => configureFunction(stack, resource, endpoints, differences))
      .map((configuration) => new LambdaFunction(configuration, listener, surroundings));
  }

  /**
   * The function that a property names: by name, by ARN, or, as in integrations, by a URI that contains its ARN.
   *
   * @param where the property's place in the template, for the error
   * @throws {SetupError} if there is none
   */
  find(target: string, where: string): LambdaFunction {
    const found = this.#functions.find(
      ({ configuration: { name, arn } }) =>
        target === name || target === arn || target.endsWith(`/functions/${arn}/invocations`),
    );
    if (!found) throw new SetupError(`${where}: there is no function ${target} in the stack`);
    return found;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#functions.map((lambdaFunction) => lambdaFunction.stop()));
  }
}
