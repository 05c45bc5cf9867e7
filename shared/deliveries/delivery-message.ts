import * as z from "zod/mini";
import { parseJson } from "../http/parse-json.ts";
import { unversioned, versioned } from "../schema/version.ts";

/** The newest version of the form that this code reads, and the one that it writes. */
const version = 1;

/** The body of one SQS message: the delivery to be worked on. */
export const deliveryMessageSchema = z.object({ delivery: z.string() });

export function formatDeliveryMessage(delivery: string): string {
  return JSON.stringify(versioned(version, { delivery }));
}

/** @returns the id of the delivery; undefined if the text is not a message that this version reads */
export function parseDeliveryMessage(body: string): string | undefined {
  return deliveryMessageSchema.safeParse(unversioned(parseJson(body), version)).data?.delivery;
}
