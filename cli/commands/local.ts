import { Command } from "@commander-js/extra-typings";
import { ports } from "../../shared/api/local-ports.ts";
import { expectNode, loadForeign, portFlag, rateFlagWithoutDefault } from "../local-stack.ts";
import { printLine } from "../output/print.ts";
import type { Surroundings } from "../surroundings.ts";
import { fire } from "./fire.ts";
import { examples } from "./options.ts";

export function localCommand(surroundings: Surroundings) {
  const awsPort = () => portFlag("--aws-port <port>", "port of SQS, DynamoDB and their like", ports.aws);
  const command = new Command("local")
    .description("run your own synthesized stack on this machine, against a sandbox of Adobe")
    .argument("[folder]", "what cdk synth has written", "cdk.out")
    .option("--stack <name>", "which stack, if several in the folder have UmapiWorkers")
    .addOption(portFlag("--port <port>", "port of the API; 0 is any free one, as for the others", ports.api))
    .addOption(portFlag("--adobe-port <port>", "port of the Adobe sandbox", ports.adobe))
    .addOption(awsPort())
    .addOption(
      rateFlagWithoutDefault(
        "--rate <requests/s>",
        "action requests that are allowed, and sent (default: the stack's)",
      ),
    )
    .addHelpText(
      "after",
      examples(
        ["umapi local", "run what npx cdk synth has written"],
        ["umapi local fire Nightly", "from another terminal: run the schedule of the construct Nightly"],
      ),
    )
    .action(async (directory, { stack: stackName, rate, ...chosen }) => {
      const { environment, stdout, ifStopped } = surroundings;
      expectNode("umapi local");
      ifStopped({ last: async () => "Stopped while starting. Nothing was queued." });
      await printLine(stdout, "Starting the stack and a sandbox of Adobe on this machine. This takes a few seconds.");
      const { startForeign } = await loadForeign();
      const print = (line: string) => void stdout.write(`${line}\n`);
      const running = await startForeign({ directory, stackName, rate, ...chosen, environment, print });
      ifStopped({ last: async () => `Stopped. ${await running.stop()}` });
      await printLine(stdout, running.introduction);
    });
  const fireCommand = new Command("fire")
    .description("run a schedule of the running stack now")
    .argument("<schedule>", "its name, that of its construct, or its logical id")
    .addOption(awsPort())
    .action(async (name, _, self) => {
      // An option of both commands goes to the one above.
      const { awsPort: port } = self.optsWithGlobals();
      await printLine(surroundings.stdout, await fire(`http://127.0.0.1:${port}`, name, surroundings));
    });
  return command.addCommand(fireCommand);
}
