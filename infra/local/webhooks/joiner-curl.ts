import { randomUUID } from "node:crypto";
import { signed } from "../../../shared/webhooks/sign.ts";
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
  const body = JSON.stringify(joiner);
  const { headers } = signed(source, key, Buffer.from(body), `msg_${randomUUID()}`, now);
  const given = Object.entries(headers).map(([name, value]) => `-H '${name}: ${value}'`);
  return [`curl ${apiUrl}/v1/webhooks/${source.name}`, ...given, `-d '${body}'`].join(" ");
}
