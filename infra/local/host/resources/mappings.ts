import { CreateEventSourceMappingCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import * as z from "zod/mini";
import { flag, type Stack } from "../stack.ts";
import type { Resource } from "../template.ts";

const mappingProperties = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: z._default(flag, true),
});

/** Tells Lambda of an event source mapping, so that functions can ask for its state. The host polls by itself. */
export async function createMapping(client: LambdaClient, stack: Stack, resource: Resource): Promise<void> {
  const { UUID = "" } = await client.send(
    new CreateEventSourceMappingCommand(stack.properties(resource, mappingProperties)),
  );
  stack.define(resource.logicalId, { ref: UUID, attributes: { Id: UUID } });
}
