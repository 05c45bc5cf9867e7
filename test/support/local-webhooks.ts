import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";
import type { PresetName } from "../../shared/webhooks/preset-names.ts";
import type { LocalStack } from "./local-stack.ts";
import { signed } from "./signed-delivery.ts";

const deliveriesSchema = z.object({
  deliveries: z.array(z.object({ id: z.string(), status: z.string(), record: z.optional(z.string()) })),
  cursor: z.optional(z.string()),
});

export type LocalDelivery = z.infer<typeof deliveriesSchema>["deliveries"][number];

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** What HR systems do to the local stack, and what comes of it. */
export class LocalWebhooks {
  readonly #api: string;
  readonly #sandbox: string;
  readonly #keys: Readonly<Record<string, string>>;

  constructor({ ports, folder }: LocalStack & { readonly folder: string }) {
    this.#api = `http://127.0.0.1:${ports.api}`;
    this.#sandbox = `http://127.0.0.1:${ports.adobe}`;
    const keys: unknown = JSON.parse(readFileSync(join(folder, ".local/webhooks.json"), "utf8"));
    this.#keys = z.record(z.string(), z.string()).parse(keys);
  }

  /** Of every source. */
  get keys(): readonly string[] {
    return Object.values(this.#keys);
  }

  /** @param at when it is signed, in milliseconds since the epoch */
  sign(preset: PresetName, text: string, at = Date.now(), id: string = randomUUID()) {
    return signed(preset, text, at, this.#keys[preset], id);
  }

  async post(source: string, headers: Readonly<Record<string, string>>, body: string | Uint8Array): Promise<Answer> {
    const url = `${this.#api}/v1/webhooks/${source}`;
    const response = await fetch(url, { method: "POST", headers, body: Buffer.from(body) });
    return { status: response.status, body: await response.text() };
  }

  /** Signs a payload and posts it. */
  async deliver(preset: PresetName, payload: unknown, id?: string): Promise<Answer> {
    const { headers, body } = this.sign(preset, JSON.stringify(payload), Date.now(), id);
    return await this.post(preset, headers, body);
  }

  /** Sets what reading a record answers; null if it is gone. */
  async setRecord(source: string, id: string, record: unknown): Promise<void> {
    const response = await fetch(`${this.#sandbox}/_sandbox/records`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ source, id, record }),
    });
    if (response.status !== 200) throw new Error(`The sandbox refuses the record: ${await response.text()}`);
  }

  /** Every delivery, the newest first. @param query such as `source=hibob&status=failed` */
  async deliveries(query = ""): Promise<LocalDelivery[]> {
    const all: LocalDelivery[] = [];
    let cursor: string | undefined;
    do {
      const more = cursor === undefined ? "" : `&cursor=${cursor}`;
      const response = await fetch(`${this.#api}/v1/deliveries?limit=200&${query}${more}`);
      const page = deliveriesSchema.parse(await response.json());
      all.push(...page.deliveries);
      cursor = page.cursor;
    } while (cursor !== undefined);
    return all;
  }

  async retry(id: string): Promise<number> {
    return (await fetch(`${this.#api}/v1/deliveries/${id}/retry`, { method: "POST" })).status;
  }
}
