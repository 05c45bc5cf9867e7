/** The code of the thread of an execution environment: it loads the handler once, then answers one event at a time. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { compileFunction, constants } from "node:vm";
import { parentPort, workerData } from "node:worker_threads";
import type { EnvironmentData, Invoke, Reply } from "./messages.ts";
import { toInvocationError } from "./to-invocation-error.ts";

type Handler = (event: unknown, context: object) => unknown;

const { directory, handler: handlerName }: EnvironmentData = workerData;
const port = parentPort;
if (!port) throw new Error("This module runs in a worker thread only");

const initialized = loadHandler().then(
  async (handler) => {
    await reply({ type: "initialized" });
    return handler;
  },
  (error: unknown) => reply({ type: "init-failed", error: toInvocationError(error) }),
);

port.on("message", async (invoke: Invoke) => {
  const handler = await initialized;
  if (handler) await reply(await answer(handler, invoke));
});

async function answer(handler: Handler, { event, context, timeoutMs }: Invoke): Promise<Reply> {
  const startedAt = performance.now();
  const getRemainingTimeInMillis = () => Math.max(0, Math.floor(timeoutMs - (performance.now() - startedAt)));
  try {
    const value = await handler(JSON.parse(event), { ...context, getRemainingTimeInMillis });
    return { type: "returned", payload: JSON.stringify(value) ?? "null" };
  } catch (error) {
    return { type: "failed", error: toInvocationError(error) };
  }
}

/** `index.handler` is the export `handler` of the module `index`. AWS looks for .js, .mjs and .cjs, in this order. */
async function loadHandler(): Promise<Handler> {
  const dot = handlerName.lastIndexOf(".");
  const [moduleName, exportName] = [handlerName.slice(0, dot), handlerName.slice(dot + 1)];
  const file = [".js", ".mjs", ".cjs"].map((extension) => join(directory, moduleName + extension)).find(existsSync);
  if (!file) throw runtimeError("Runtime.ImportModuleError", `Cannot find module '${moduleName}' in ${directory}`);
  const namespace = isCommonJs(file) ? loadCommonJs(file) : await import(pathToFileURL(file).href);
  const handler: unknown = namespace[exportName];
  if (isHandler(handler)) return handler;
  throw runtimeError("Runtime.HandlerNotFound", `${handlerName} is undefined or not exported`);
}

/**
 * Only a package.json among the code itself makes `.js` an ES module, as in Lambda: that of an app in whose folder
 * `cdk.out` lies does not.
 */
function isCommonJs(file: string): boolean {
  if (extname(file) !== ".js") return extname(file) === ".cjs";
  for (let folder = dirname(file); folder.startsWith(directory); folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (existsSync(manifest)) return JSON.parse(readFileSync(manifest, "utf8")).type !== "module";
  }
  return true;
}

function loadCommonJs(file: string): Record<string, unknown> {
  const module = { exports: {} };
  const run = compileFunction(readFileSync(file, "utf8"), ["exports", "require", "module", "__filename", "__dirname"], {
    filename: file,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  run(module.exports, createRequire(file), module, file, dirname(file));
  return module.exports;
}

function isHandler(value: unknown): value is Handler {
  return typeof value === "function";
}

function runtimeError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

/**
 * Log lines are sent before the reply, so that they are never read after its effects, nor lost if the thread is ended
 * next.
 */
async function reply(message: Reply): Promise<void> {
  await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write("", done))));
  port?.postMessage(message);
}
