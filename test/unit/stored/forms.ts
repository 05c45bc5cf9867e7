import * as z from "zod/mini";
import { deliverySchema } from "../../../shared/deliveries/delivery.ts";
import { deliveryMessageSchema } from "../../../shared/deliveries/delivery-message.ts";
import { knownRecordSchema } from "../../../shared/deliveries/known-record.ts";
import { watermarkSchema } from "../../../shared/leavers/watermark-dynamo.ts";
import { summarySchema } from "../../../shared/ledger/item.ts";
import { rowSchema } from "../../../shared/ledger/row-schema.ts";
import { envelopeSchema } from "../../../shared/operation/message.ts";
import { operationSchema } from "../../../shared/operation/schema.ts";
import { hiddenSchema } from "../../../shared/pacing/hidden-dynamo.ts";
import { laneSchema } from "../../../shared/pacing/lane-schema.ts";
import { pauseSchema } from "../../../shared/pacing/pause-dynamo.ts";
import { removalsSchema } from "../../../shared/removals/removals-schema.ts";
import { asideSchema } from "../../../shared/room/aside.ts";
import { dueSchema, listStateSchema, occupantSchema } from "../../../shared/room/entry.ts";
import { markSchema } from "../../../shared/room/mark-dynamo.ts";
import { recordSchema } from "../../../shared/submit/call-records-dynamo.ts";

/** Everything that is stored, by the name of its golden file, with the schema that reads it. */
export const forms: Readonly<Record<string, z.ZodMiniType>> = {
  row: rowSchema,
  listed: summarySchema,
  operation: operationSchema,
  envelope: envelopeSchema,
  lane: laneSchema,
  "call-record": recordSchema,
  occupant: z.object({ occupant: occupantSchema }),
  due: dueSchema,
  "list-state": listStateSchema,
  aside: asideSchema,
  mark: markSchema,
  pause: pauseSchema,
  watermark: watermarkSchema,
  removals: removalsSchema,
  hidden: hiddenSchema,
  delivery: deliverySchema,
  "delivery-message": deliveryMessageSchema,
  "known-record": knownRecordSchema,
};

const nodeSchema = z.looseObject({
  anyOf: z.optional(z.array(z.unknown())),
  oneOf: z.optional(z.array(z.unknown())),
  enum: z.optional(z.array(z.unknown())),
  const: z.optional(z.unknown()),
  not: z.optional(z.unknown()),
  type: z.optional(z.string()),
  properties: z.optional(z.record(z.string(), z.unknown())),
  items: z.optional(z.unknown()),
  prefixItems: z.optional(z.array(z.unknown())),
});

/**
 * Examples of a form which together have each of its fields and, of those that have a few values, each value. A field
 * more, or a value more, is another list of examples.
 */
export function examplesOf(schema: z.ZodMiniType): unknown[] {
  return examples(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));
}

function examples(json: unknown): unknown[] {
  const node = nodeSchema.parse(json);
  const alternatives = node.anyOf ?? node.oneOf;
  if (alternatives !== undefined) return alternatives.flatMap(examples);
  if (node.not !== undefined) return [];
  if (node.enum !== undefined) return node.enum;
  if (node.const !== undefined) return [node.const];
  switch (node.type) {
    case "object":
      return objects(Object.entries(node.properties ?? {}).map(([name, field]) => [name, examples(field)]));
    case "array":
      return [
        [...(node.prefixItems ?? []).flatMap(examples), ...(node.items === undefined ? [] : examples(node.items))],
      ];
    case "string":
      return ["text"];
    case "number":
    case "integer":
      return [1];
    case "boolean":
      return [true, false];
    default:
      return ["anything"];
  }
}

/** As many objects as the field with the most examples needs. */
function objects(fields: readonly (readonly [string, readonly unknown[]])[]): unknown[] {
  const some = fields.filter(([, values]) => values.length > 0);
  const count = Math.max(1, ...some.map(([, values]) => values.length));
  return Array.from({ length: count }, (_, index) =>
    Object.fromEntries(
      some.map(([name, values]) => {
        const value = values[index % values.length];
        return [name, name === "do" ? oneStepEach(value) : value];
      }),
    ),
  );
}

/** An entry of `do` is one step, though its form names them all. */
function oneStepEach(entries: unknown): unknown[] {
  const steps = z.array(z.record(z.string(), z.unknown())).parse(entries);
  return steps.flatMap((entry) => Object.entries(entry).map(([name, value]) => ({ [name]: value })));
}
