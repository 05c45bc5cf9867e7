import * as z from "zod/mini";
import { configurationSchema } from "../../../shared/webhooks/configuration.ts";

/** `docs/webhooks.schema.json`: the JSON schema of a configuration of webhook sources, for editors. */
export function webhooksSchema(): string {
  const schema = z.toJSONSchema(configurationSchema, { io: "input", target: "draft-7" });
  return `${JSON.stringify({ title: "Sources of webhooks of umapi-workers", ...schema }, null, 2)}\n`;
}
