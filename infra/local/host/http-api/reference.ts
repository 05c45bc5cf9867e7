import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { routeKey, routes } from "../../../../shared/api/routes.ts";
import type { Api } from "./read-api.ts";
import type { HttpResponse } from "./response.ts";

/** Where the page is that shows the API's description, and lets its reader try it out. */
export const referencePath = "/_local/reference";

/** The viewer's files, as its package names them, by their content type. */
const assets: Readonly<Record<string, string>> = {
  "swagger-ui.css": "text/css; charset=utf-8",
  "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
  "favicon-32x32.png": "image/png",
};

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>umapi-workers: API reference</title>
<link rel="icon" href="${referencePath}/favicon-32x32.png">
<link rel="stylesheet" href="${referencePath}/swagger-ui.css">
<div id="reference"></div>
<script src="${referencePath}/swagger-ui-bundle.js"></script>
<script src="${referencePath}/start.js"></script>
</html>
`;

const start = `SwaggerUIBundle({ url: "${routes.openapi.path}", dom_id: "#reference", deepLinking: true, validatorUrl: null });\n`;

/** Nothing but what this server has, so that the page is the same without a network. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Whether the API describes itself. */
export function hasDescription({ routes, stages }: Pick<Api, "routes" | "stages">): boolean {
  return stages.includes("$default") && routes.some((route) => route.routeKey === routeKey("openapi"));
}

/** The answer to a GET below `referencePath`; undefined for any other, and where the API does not describe itself. */
export function referenceResponse(api: Api, url: string): HttpResponse | undefined {
  const [path = ""] = url.split("?");
  if (!hasDescription(api) || (path !== referencePath && !path.startsWith(`${referencePath}/`))) return undefined;
  const viewer = viewerFolder();
  if (viewer === undefined)
    return answer(
      "text/plain; charset=utf-8",
      "This page needs a viewer that is not installed: npm install --save-dev swagger-ui-dist\n",
    );
  if (path === referencePath) return answer("text/html; charset=utf-8", page);
  if (path === `${referencePath}/start.js`) return answer("text/javascript; charset=utf-8", start);
  const name = path.slice(referencePath.length + 1);
  const type = Object.hasOwn(assets, name) ? assets[name] : undefined;
  return type === undefined ? undefined : answer(type, readFileSync(join(viewer, name)));
}

/** The folder of the viewer's package; undefined where that is not installed. */
function viewerFolder(): string | undefined {
  try {
    return dirname(createRequire(import.meta.filename).resolve("swagger-ui-dist/package.json"));
  } catch {
    return undefined;
  }
}

function answer(type: string, body: string | Buffer): HttpResponse {
  const headers = {
    "content-type": type,
    "content-security-policy": policy,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  };
  return { status: 200, headers, cookies: [], body };
}
