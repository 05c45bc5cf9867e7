/**
 * `node infra/node/launch.js [Node's flags] FILE [arguments]`: how every npm script runs a program. It runs on the Node
 * that the project brings, whichever Node and npm the machine has and whichever shell npm asks.
 */
import { runOnProjectNode } from "./run.js";

runOnProjectNode(process.argv.slice(2));
