/** What a program has that asks for deliveries of webhooks. */
export { DeliveriesClient } from "./deliveries-client.ts";
export { type ClientError, isClientError } from "./errors.ts";
export type { ClientOptions, DeliveryFilter } from "./options.ts";
export type { SeenDelivery } from "./seen-delivery.ts";
