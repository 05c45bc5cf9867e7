import * as z from "zod/mini";
import type { Stack } from "../stack.ts";

/** Keeps SSM parameters for functions. */
export interface ParameterStore {
  put(name: string, value: string): void;
}

const parameterProperties = z.object({ Name: z.optional(z.string()), Value: z.string() });

/** The SSM parameters of the stack; defines their names in the stack. */
export function readParameters(stack: Stack): { readonly name: string; readonly value: string }[] {
  return stack.read("AWS::SSM::Parameter", (resource) => {
    const { Name: name = stack.physicalName(resource.logicalId, 1011), Value: value } = stack.properties(
      resource,
      parameterProperties,
    );
    stack.define(resource.logicalId, { ref: name, attributes: { Value: value, Type: "String" } });
    return { name, value };
  });
}
