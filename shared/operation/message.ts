import * as z from "zod/mini";
import { parseJson } from "../http/parse-json.ts";
import type { Operation } from "./operation.ts";
import { operationSchema } from "./schema.ts";

/** The body of one SQS message: the operations of one root that travel together, in order. */
export type MessageBody = readonly [Operation, ...Operation[]];

const schema = z.object({ operations: z.tuple([operationSchema], operationSchema) });

export function formatMessage(operations: MessageBody): string {
  return JSON.stringify({ operations });
}

/** @returns undefined if the text is not a message of this project's */
export function parseMessage(body: string): MessageBody | undefined {
  const parsed = schema.safeParse(parseJson(body));
  return parsed.success ? parsed.data.operations : undefined;
}
