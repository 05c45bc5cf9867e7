import { type DeliveryView, deliveriesPageSchema } from "../../shared/api/delivery.ts";
import { signed } from "../support/signed-delivery.ts";
import type { ApiAnswer } from "./simulated-api.ts";
import type { SimulatedWorld } from "./simulated-world.ts";
import type { SimulationOptions } from "./simulation-options.ts";

const keys = { standard: `whsec_${Buffer.alloc(32, 7).toString("base64")}`, bamboohr: "0".repeat(64) };

/** A source whose webhooks say everything, and one whose webhooks only name a record. */
export const sources: NonNullable<SimulationOptions["sources"]> = {
  standard: { key: keys.standard, configuration: { preset: "standard" } },
  bamboohr: {
    key: keys.bamboohr,
    configuration: { preset: "bamboohr", company: "example", values: { country: "US" } },
  },
};

let posted = 0;

/** Posts what `standard` says of a person. @param event as JSON, or to be written so @param id the sender's own id of the webhook */
export async function post(world: SimulatedWorld, event: object | string, id = `msg_${++posted}`): Promise<ApiAnswer> {
  return await postSigned(world, "standard", typeof event === "string" ? event : JSON.stringify(event), id);
}

/** Posts that a record of `bamboohr` has changed. @param at what the body says of the time, so that two may be equal */
export async function tell(world: SimulatedWorld, record: string, type = "updated", at = "now"): Promise<ApiAnswer> {
  const event = { type: `employee.${type}`, timestamp: at, data: { companyId: "1", employeeId: record } };
  return await postSigned(world, "bamboohr", JSON.stringify(event));
}

async function postSigned(world: SimulatedWorld, source: keyof typeof keys, body: string, id?: string) {
  const { headers } = signed(source, body, world.clock.now(), keys[source], id);
  return await world.api.deliver(source, headers, body);
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
  return await world.api.deliver("standard", headers, JSON.stringify(event));
}

/** What `standard` says of a joiner. */
export const joiner = (email: string, more: object = {}) => ({
  type: "person.joined",
  data: { email, firstname: "Ada", lastname: "Byron", country: "US", ...more },
});

/** What a record of `bamboohr` holds. */
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

/** Deliveries as the API lists them, the newest first. @param query such as `?status=failed` */
export async function listed(world: SimulatedWorld, query = ""): Promise<DeliveryView[]> {
  return deliveriesPageSchema.parse((await world.until(world.api.deliveries(`deliveries${query}`))).body).deliveries;
}
