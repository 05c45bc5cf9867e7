import { spawn } from "node:child_process";
import { broughtNode, lambdaMajor, suitableNodes } from "./nodes.js";

const platform = `${process.platform}-${process.arch}`;
/** @type {readonly NodeJS.Signals[]} */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
/**
 * A Ctrl+C kills npm as soon as its script has ended. So the script stays for a moment, in case Ctrl+C is pressed
 * twice.
 */
const secondCtrlCMs = process.env["npm_lifecycle_event"] === undefined ? 0 : 1000;

/**
 * Runs a program on the project's Node in place of this process: with the same terminal, and with the same exit code.
 *
 * @param {readonly string[]} args  flags of Node, the program's file, its arguments
 */
export function runOnProjectNode(args) {
  try {
    const own = { path: process.execPath, version: process.versions.node };
    runOnFirst(suitableNodes(broughtNode(platform, import.meta.url), own), args);
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
}

/**
 * @param {readonly import("./nodes.js").Node[]} nodes
 * @param {readonly string[]} args
 * @param {string} [trouble]  why the one before cannot be run
 */
function runOnFirst([node, ...others], args, trouble = `The project brings no Node for ${platform}.`) {
  if (node === undefined) {
    fail(`${trouble} Put Node ${lambdaMajor} or newer first on the PATH (https://nodejs.org), and run this again.`);
    return;
  }
  const child = spawn(node.path, args, { stdio: "inherit" });
  child.once("spawn", () => passOn(child));
  // A Node for another C library fails as if its file did not exist.
  child.once("error", (error) => runOnFirst(others, args, `${node.path} cannot be run here (${error.message}).`));
}

/**
 * Passes signals on, and ends as the child does. A terminal's Ctrl+C reaches the child directly as well. On Windows
 * that is the only way, and this process only has to outlive the child.
 *
 * @param {import("node:child_process").ChildProcess} child
 */
function passOn(child) {
  let isInterrupted = false;
  for (const signal of signals)
    process.on(signal, () => {
      isInterrupted ||= signal === "SIGINT";
      if (process.platform !== "win32") child.kill(signal);
    });
  child.once("exit", (code, signal) => {
    if (signal === null) setTimeout(() => process.exit(code ?? 1), isInterrupted && code === 0 ? secondCtrlCMs : 0);
    else {
      for (const handled of signals) process.removeAllListeners(handled);
      process.kill(process.pid, signal);
    }
  });
}

/** @param {string} sentence */
function fail(sentence) {
  console.error(sentence);
  process.exitCode = 1;
}
