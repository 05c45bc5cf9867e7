import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";
import { projectRoot } from "../bundle/bundle-worker.ts";
import { modules } from "./modules.ts";

const projectManifest = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string(),
  license: z.string(),
});

/** The oldest versions that do: `npm run apps` tries them. The CDK hands checks the templates since 2.262. */
export const oldestPeers = { "aws-cdk-lib": "2.262.0", constructs: "10.5.0", dynalite: "4.0.0" } as const;

/** The package.json of the package: what whoever installs it needs, and no more. */
export function manifest(): object {
  const { name, version, description, license } = projectManifest.parse(
    JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")),
  );
  return {
    name,
    version,
    description,
    keywords: ["adobe", "user management", "umapi", "aws-cdk", "cdk", "sqs"],
    license,
    type: "module",
    engines: { node: ">=20" },
    bin: { umapi: "cli/umapi.js" },
    main: "./lib/index.cjs",
    types: "./lib/index.d.cts",
    exports: {
      ...Object.fromEntries(modules.map((module) => [subpath(module.name), conditions(module.name)])),
      "./package.json": "./package.json",
    },
    sideEffects: false,
    // The construct needs the first two, and who runs a stack on this machine the last.
    peerDependencies: Object.fromEntries(Object.entries(oldestPeers).map(([name, version]) => [name, `^${version}`])),
    peerDependenciesMeta: {
      "aws-cdk-lib": { optional: true },
      constructs: { optional: true },
      dynalite: { optional: true },
    },
  };
}

/**
 * Where tools that know no `exports` look for the modules behind `umapi-workers/`.
 *
 * @returns a package.json by file
 */
export function manifestsOfModules(): Map<string, object> {
  return new Map(
    modules
      .filter(({ name }) => name !== "index")
      .map(({ name }) => [`${name}/package.json`, { main: `../lib/${name}.cjs`, types: `../lib/${name}.d.cts` }]),
  );
}

function subpath(name: string): string {
  return name === "index" ? "." : `./${name}`;
}

function conditions(name: string): object {
  return {
    import: { types: `./lib/${name}.d.mts`, default: `./lib/${name}.mjs` },
    require: { types: `./lib/${name}.d.cts`, default: `./lib/${name}.cjs` },
  };
}
