/**
 * `node infra/node/launch.js [Node's flags] FILE [arguments]`: how every npm script runs a program. It uses the Node
 * that the project brings, whichever Node, npm and shell the machine has.
 */
import { runOnProjectNode } from "./run.js";

runOnProjectNode(process.argv.slice(2));
