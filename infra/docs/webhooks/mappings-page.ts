import { readyMappings } from "../../../shared/webhooks/mappings/ready.ts";
import { presetNames } from "../../../shared/webhooks/preset-names.ts";

const head = `# Ready mappings

<!-- Made by \`npm run docs\` from shared/webhooks/mappings; edit that. -->

What the [sources of webhooks](webhooks.md) with a preset map by, unless they name another mapping. To change one, copy it into a
file beside your configuration, and name that: \`"mapping": {"file": "people.jsonata"}\`. \`npx umapi map\` shows what becomes of a
payload. The language is [JSONata](https://docs.jsonata.org).
`;

/** `docs/mappings.md`: the ready mappings, whole. */
export function mappingsPage(): string {
  return [head, ...presetNames.map((name) => `## ${name}\n\n\`\`\`jsonata\n${readyMappings[name]}\n\`\`\`\n`)].join(
    "\n",
  );
}
