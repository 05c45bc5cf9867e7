/** `npm run docs`: writes the pages that are made from code. */
import { writeFileSync } from "node:fs";
import { errorsPage } from "./errors-page.ts";
import { openapiPage } from "./openapi/document.ts";
import { stepsPage } from "./steps-page.ts";
import { mappingsPage } from "./webhooks/mappings-page.ts";
import { webhooksSchema } from "./webhooks/schema.ts";

writeFileSync(new URL("../../docs/errors.md", import.meta.url), errorsPage());
writeFileSync(new URL("../../docs/steps.md", import.meta.url), stepsPage());
writeFileSync(new URL("../../docs/openapi.json", import.meta.url), openapiPage());
writeFileSync(new URL("../../docs/mappings.md", import.meta.url), mappingsPage());
writeFileSync(new URL("../../docs/webhooks.schema.json", import.meta.url), webhooksSchema());
