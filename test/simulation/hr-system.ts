import { createHmac } from "node:crypto";
import type { ApiAnswer, SimulatedWorld, SimulationOptions } from "./simulated-world.ts";

const key = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const thinKey = "0".repeat(64);

/** A source whose webhooks say everything, and one whose webhooks only name a record. */
export const sources: NonNullable<SimulationOptions["sources"]> = {
  standard: { key, configuration: { preset: "standard" } },
  bamboohr: { key: thinKey, configuration: { preset: "bamboohr", company: "example", values: { country: "US" } } },
};

let posted = 0;

/** Posts what `standard` says of a person. @param event as JSON, or to be written so @param id the sender's own id of the webhook */
export async function post(world: SimulatedWorld, event: object | string, id = `msg_${++posted}`): Promise<ApiAnswer> {
  const body = typeof event === "string" ? event : JSON.stringify(event);
  const timestamp = String(Math.floor(world.clock.now() / 1000));
  const secret = Buffer.from(key.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", secret).update(`${id}.${timestamp}.${body}`).digest("base64");
  const headers = { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
  return await world.deliver("standard", { ...headers, "content-type": "application/json" }, body);
}

/** Posts that a record of `bamboohr` has changed. @param at what the body says of the time, so that two may be equal */
export async function tell(world: SimulatedWorld, record: string, type = "updated", at = "now"): Promise<ApiAnswer> {
  const body = JSON.stringify({
    type: `employee.${type}`,
    timestamp: at,
    data: { companyId: "1", employeeId: record },
  });
  const timestamp = String(Math.floor(world.clock.now() / 1000));
  const signature = createHmac("sha256", thinKey).update(`${body}${timestamp}`).digest("hex");
  const headers = { "x-bamboohr-signature": signature, "x-bamboohr-timestamp": timestamp };
  return await world.deliver("bamboohr", { ...headers, "content-type": "application/json" }, body);
}

export const person = (lastName: string, workEmail: string, more: object = {}) => ({
  firstName: "Ada",
  lastName,
  workEmail,
  country: "United States",
  status: "Active",
  ...more,
});

/** Sets what reading a record answers; null if it is gone. */
export async function setRecord(world: SimulatedWorld, id: string, record: object | null): Promise<void> {
  await world.sandbox("records", { source: "bamboohr", id, record });
}

/** How often each record was read. */
export async function reads(world: SimulatedWorld): Promise<Record<string, number>> {
  const requests = await world.sandbox("requests");
  if (!Array.isArray(requests)) throw new Error("no requests");
  const paths = requests.flatMap(({ path }: { path: string }) => (path.startsWith("/records/") ? [path] : []));
  return Object.fromEntries(
    [...Map.groupBy(paths, (path) => path)].map(([path, all]) => [path.split("/")[3] ?? "", all.length]),
  );
}

/** Posts any text, well signed. */
export async function postText(world: SimulatedWorld, body: string): Promise<ApiAnswer> {
  const timestamp = String(Math.floor(world.clock.now() / 1000));
  const secret = Buffer.from(key.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", secret).update(`msg.${timestamp}.${body}`).digest("base64");
  const headers = { "webhook-id": "msg", "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
  return await world.deliver("standard", headers, body);
}

/** Posts what somebody else has signed. */
export async function forge(world: SimulatedWorld): Promise<ApiAnswer> {
  const timestamp = String(Math.floor(world.clock.now() / 1000));
  const headers = {
    "webhook-id": "msg_0",
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${"A".repeat(43)}=`,
  };
  const event = { type: "person.left", data: { id: "0", email: "p0@example.com" } };
  return await world.deliver("standard", headers, JSON.stringify(event));
}
