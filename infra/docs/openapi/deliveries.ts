import {
  deliveriesPageSchema,
  deliveryErrorSchema,
  deliveryQueuedSchema,
  deliveryViewSchema,
  seededSchema,
} from "../../../shared/api/delivery.ts";
import { component, utc } from "./component.ts";

/** What answers say of webhooks of HR systems. */
export const deliveryComponents = [
  component("Delivery", deliveryViewSchema, "What one webhook says of one record, and what became of it.", {
    id: "Its id.",
    source: "The source that posted it.",
    record: "The HR system's own id of the record. Absent where the webhook does not tell it.",
    status:
      "`queued` until its record is mapped. Then `submitted` (it has become operations), `nothing` (nothing was to be done), `incomplete` (the record lacks something, and its next event is waited for) or `failed` (somebody has to look at it). `set-up`: the sender offers the key with which it will sign.",
    receivedAt: `When it came last. ${utc}`,
    updatedAt: `When this last changed. ${utc}`,
    reason: "Why nothing was to be done, why it waits for the next event, or why it has failed.",
    operations: "The ids of the operations that it has become.",
    token: "Of `set-up`: the key that the sender offers. Anybody could have posted it.",
  }),
  component("DeliveryReason", deliveryErrorSchema, "Why a delivery has become what it is.", {
    code: "The kind of reason.",
    message: "The reason in words. It repeats nothing of the record.",
  }),
  component("DeliveriesPage", deliveriesPageSchema, "A page of deliveries.", {
    deliveries: "Newest first.",
    cursor: "Where the next page starts. Absent on the last.",
  }),
  component("DeliveryQueued", deliveryQueuedSchema, "A delivery that is queued again.", {
    id: "Its id.",
    status: "It is mapped once more.",
  }),
  component("Seeded", seededSchema, "How many people are known by their records.", {
    seeded: "Records that are known now, and were not before.",
    known: "Records that were known already, and stay as they are.",
  }),
];
