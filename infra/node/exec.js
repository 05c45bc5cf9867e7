#!/usr/bin/env node
/**
 * `exec node FILE [arguments]` on Windows, whose shell has no `exec`: npm's scripts find this program by that name there,
 * and a POSIX shell its own. Scripts that a person stops say `exec`, because a shell that stays between npm and them dies
 * of the Ctrl+C that they stop clean at, and npm then takes it for a failure.
 */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

process.argv.splice(1, 2);
await import(pathToFileURL(resolve(process.argv[1] ?? "")).href);
