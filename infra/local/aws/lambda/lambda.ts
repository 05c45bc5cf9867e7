import * as z from "zod/mini";
import { parseInput } from "../parse-input.ts";
import { answering, type Service } from "../service.ts";
import { ServiceError } from "../service-error.ts";

/** Of Lambda's API, what tells whether messages are handed to a function. */
export interface Lambda extends Service {
  /** Switches a mapping on or off, as an operator can. @throws ServiceError if there is none */
  switch(id: string, state: "Enabled" | "Disabled"): void;
}

interface Mapping {
  readonly UUID: string;
  readonly EventSourceArn: string;
  readonly FunctionArn: string;
  State: "Enabled" | "Disabled";
}

const creation = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: z._default(z.boolean(), true),
});
const question = z.object({ UUID: z.string() });

/** A model of Lambda's event source mappings. It remembers them; the host polls for them. @param randomId makes UUIDs */
export function createLambda({ randomId }: { readonly randomId: () => string }): Lambda {
  const mappings = new Map<string, Mapping>();
  const find = (id: string): Mapping => {
    const mapping = mappings.get(id);
    if (mapping) return mapping;
    throw refusal("ResourceNotFoundException", "The resource you requested does not exist.", 404);
  };
  const actions: Readonly<Record<string, (input: unknown) => unknown>> = {
    CreateEventSourceMapping(input) {
      const { EventSourceArn, FunctionName: FunctionArn, Enabled } = read(creation, input);
      const mapping = { UUID: randomId(), EventSourceArn, FunctionArn, State: stateOf(Enabled) };
      mappings.set(mapping.UUID, mapping);
      return mapping;
    },
    GetEventSourceMapping: (input) => find(read(question, input).UUID),
  };
  return {
    target: "Lambda",
    contentType: "application/json",
    handle: (name, input) =>
      answering(() => {
        const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
        if (action) return action(input);
        const known = Object.keys(actions).join(", ");
        throw refusal("UnknownOperationException", `The local Lambda has no such action; it has ${known}.`, 404);
      }),
    switch(id, state) {
      find(id).State = state;
    },
  };
}

function read<T>(schema: z.ZodMiniType<T>, input: unknown): T {
  const parsed = parseInput(schema, input);
  if (parsed.ok) return parsed.value;
  throw refusal("InvalidParameterValueException", `${parsed.member}: ${parsed.detail}`);
}

const stateOf = (enabled: boolean): Mapping["State"] => (enabled ? "Enabled" : "Disabled");

const refusal = (type: string, message: string, status = 400) =>
  new ServiceError({ type, code: type, message, status });
