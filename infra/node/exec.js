#!/usr/bin/env node
/**
 * `exec node FILE [arguments]` on Windows. npm's scripts find this program by that name there, because Windows' shell has
 * no `exec`; a POSIX shell has its own. The scripts that a person stops with Ctrl+C say `exec`: a shell that stayed between
 * npm and the program would die of the signal, and npm would report a failure although the program has stopped clean.
 */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

process.argv.splice(1, 2);
await import(pathToFileURL(resolve(process.argv[1] ?? "")).href);
