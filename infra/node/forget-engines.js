/**
 * Removes `engines` from package-lock.json. npm compares them with the Node on which it runs itself, but the packages
 * run on the project's Node. npm would warn of every package that needs a newer Node, and silently leave out optional
 * ones.
 */
import { readFileSync, writeFileSync } from "node:fs";

const file = new URL("../../package-lock.json", import.meta.url);
const text = readFileSync(file, "utf8");
const lock = JSON.parse(text);
for (const entry of Object.values(lock.packages)) delete entry.engines;
const lean = `${JSON.stringify(lock, null, 2)}\n`;
if (lean !== text) writeFileSync(file, lean);
