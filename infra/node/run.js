import { spawn } from "node:child_process";
import { broughtNode, lambdaMajor, suitableNodes } from "./nodes.js";

const platform = `${process.platform}-${process.arch}`;
/** @type {readonly NodeJS.Signals[]} */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
/** npm lets a Ctrl+C kill it as soon as its script has ended: one that is pressed twice is still to meet the script. */
const secondCtrlCMs = process.env["npm_lifecycle_event"] === undefined ? 0 : 1000;

/**
 * Runs a program on the project's Node, in place of this process: with its terminal, and to its end, which becomes this
 * process's own.
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
  // A Node made for another C library is a file that is there and cannot be found.
  child.once("error", (error) => runOnFirst(others, args, `${node.path} cannot be run here (${error.message}).`));
}

/**
 * Hands signals on, and ends as the child does. A terminal's Ctrl+C reaches the child by itself too; on Windows that is
 * the only way, and all that is to be done is to outlive the child.
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
