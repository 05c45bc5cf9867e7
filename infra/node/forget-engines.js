/**
 * Takes `engines` out of package-lock.json. npm holds them against the Node that it runs on itself, while what it
 * installs runs on the project's: npm would warn of every package that needs a newer one, and leave out the optional
 * ones without a word.
 */
import { readFileSync, writeFileSync } from "node:fs";

const file = new URL("../../package-lock.json", import.meta.url);
const text = readFileSync(file, "utf8");
const lock = JSON.parse(text);
for (const entry of Object.values(lock.packages)) delete entry.engines;
const lean = `${JSON.stringify(lock, null, 2)}\n`;
if (lean !== text) writeFileSync(file, lean);
