/** All that the command line knows of the stack on this machine, which `umapi local` runs. */
export { portFlag, rateFlagWithoutDefault } from "../infra/local/command-line/flags.ts";
export { expectNode } from "../infra/local/expect-node.ts";
export { SetupError } from "../infra/local/host/setup-error.ts";

/** The stack itself. Only who runs one waits for it to load. */
export const loadForeign = () => import("../infra/local/foreign.ts");
