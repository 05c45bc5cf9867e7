import * as z from "zod/mini";
import { type DeliveryStatus, deliveriesPageSchema, deliveryViewSchema } from "../shared/api/delivery.ts";
import type { Read } from "../shared/schema/read.ts";

const seenDeliverySchema = z.object({ ...deliveryViewSchema.shape, status: z.string() });
export const seenDeliveriesSchema = z.object({
  ...deliveriesPageSchema.shape,
  deliveries: z.array(seenDeliverySchema),
});

/** What a webhook says of one record, as a caller sees it. A newer service may have a status that is not known here. */
export interface SeenDelivery extends Omit<Read<typeof seenDeliverySchema>, "status"> {
  readonly status: DeliveryStatus | (string & Record<never, never>);
}
