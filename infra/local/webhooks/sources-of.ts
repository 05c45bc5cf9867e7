import * as z from "zod/mini";
import { parseJson } from "../../../shared/http/parse-json.ts";
import { readConfiguration } from "../../../shared/webhooks/read-configuration.ts";
import type { Sources } from "../../../shared/webhooks/source.ts";
import type { Resource, Template } from "../host/template.ts";
import { workersOf } from "../workers.ts";

const variablesSchema = z.object({
  Environment: z.object({
    Variables: z.object({
      SOURCES_PATH: z.optional(z.string()),
      WEBHOOK_SECRET_ID: z.optional(z.object({ Ref: z.string() })),
    }),
  }),
});
const parameterSchema = z.object({ Name: z.string(), Value: z.string() });

/** The sources of webhooks in a template, by name; those of several instances together. */
export function sourcesOf(template: Template): Sources {
  const paths = variablesOf(template).flatMap(({ SOURCES_PATH }) => SOURCES_PATH ?? []);
  const read = template.resources.flatMap(({ type, properties }) => {
    const parameter = type === "AWS::SSM::Parameter" ? parameterSchema.safeParse(properties).data : undefined;
    if (parameter === undefined || !paths.some((path) => parameter.Name.startsWith(path))) return [];
    const configured = readConfiguration(parseJson(parameter.Value));
    return configured.ok ? [...configured.sources] : [];
  });
  return new Map(read);
}

/** Whether a secret is the one with the keys of webhook sources. */
export function holdsWebhookKeys(template: Template, { logicalId }: Resource): boolean {
  return variablesOf(template).some(({ WEBHOOK_SECRET_ID }) => WEBHOOK_SECRET_ID?.Ref === logicalId);
}

function variablesOf(template: Template) {
  return workersOf(template).flatMap(
    ({ properties }) => variablesSchema.safeParse(properties).data?.Environment.Variables ?? [],
  );
}
