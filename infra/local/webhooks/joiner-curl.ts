import { createHmac, randomUUID } from "node:crypto";
import type { Sources } from "../../../shared/webhooks/source.ts";

const joiner = {
  type: "person.joined",
  data: { id: "7", email: "john.roe@example.com", firstname: "John", lastname: "Roe", country: "US" },
};

/**
 * A command to paste that posts a signed joiner to a source of the preset `standard`; undefined if there is none. Standard
 * Webhooks: a signature is good for five minutes.
 *
 * @param keys as the secret has them
 * @param now milliseconds since the epoch
 */
export function joinerCurl(
  apiUrl: string,
  sources: Sources,
  keys: Readonly<Record<string, unknown>>,
  now: number,
): string | undefined {
  const source = [...sources.values()].find(
    ({ proof }) => proof.kind === "signature" && proof.rules.header === "webhook-signature",
  );
  const key = source && keys[source.name];
  if (source === undefined || typeof key !== "string") return undefined;
  const id = `msg_${randomUUID()}`;
  const timestamp = Math.floor(now / 1000);
  const body = JSON.stringify(joiner);
  const secret = Buffer.from(key.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", secret).update(`${id}.${timestamp}.${body}`).digest("base64");
  return [
    `curl ${apiUrl}/v1/webhooks/${source.name} -H 'Content-Type: application/json' -H 'webhook-id: ${id}'`,
    `-H 'webhook-timestamp: ${timestamp}' -H 'webhook-signature: v1,${signature}' -d '${body}'`,
  ].join(" ");
}
