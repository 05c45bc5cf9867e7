import { cpSync, mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import * as z from "zod/mini";
import { projectRoot } from "../../infra/bundle/bundle-worker.ts";
import { firstNodeOfLocal, type Machine } from "./machine.ts";
import { commandStep, editStep, type Finding, type Step, takeSteps } from "./steps.ts";

const emails = ["ada.lovelace@example.com", "annie.easley@example.com", "grace.hopper@example.com"];
const users = z.array(z.object({ email: z.string() }));
const anyPorts = ["--port", "0", "--adobe-port", "0", "--aws-port", "0"];

/**
 * Tries `examples/scheduled-lambda` as its README says: installs, tests and synthesizes it, runs it on this machine, and
 * fires its schedule.
 *
 * @param folder of a copy of the project, as far as the example needs it; not there yet
 * @param tarball the package
 */
export async function tryExample(
  machine: Machine,
  folder: string,
  tarball: string,
  node: number,
  onFinding: (finding: Finding) => void,
): Promise<void> {
  const app = join(folder, "examples/scheduled-lambda");
  const own = (path: string) => !/\/(node_modules|cdk\.out|package-lock\.json)$/.test(path);
  const steps: Step[] = [
    editStep("copy", () => {
      cpSync(join(projectRoot, "examples/scheduled-lambda"), app, { recursive: true, filter: own });
      mkdirSync(join(folder, "dist"));
      cpSync(tarball, join(folder, "dist", basename(tarball)));
      machine.ownAll();
    }),
    commandStep(machine, app, "npm install", "npm", "install"),
    commandStep(machine, app, "npm test", "npm", "test"),
    commandStep(machine, app, "npm run build", "npm", "run", "build"),
    commandStep(machine, app, "cdk synth", "npx", "cdk", "synth", "--quiet"),
  ];
  if (node >= firstNodeOfLocal) steps.push({ name: "umapi local and fire", run: () => tryNight(machine, app) });
  await takeSteps(steps, onFinding);
}

/** A night on this machine, up to Ctrl+C. @returns what it wrote, if it is not as promised */
async function tryNight(machine: Machine, folder: string): Promise<string | undefined> {
  let fired: ReturnType<Machine["run"]> | undefined;
  let people: Promise<string> | undefined;
  const { output } = await machine.run("npx", ["--no", "umapi", "local", ...anyPorts], {
    folder,
    onOutput(printed, program) {
      const port = /^AWS +http:\/\/127\.0\.0\.1:(\d+)/m.exec(printed)?.[1];
      const adobe = /^Adobe sandbox +(\S+)/m.exec(printed)?.[1];
      if (/^Ready/m.test(printed) && port !== undefined)
        fired ??= machine.run("npx", ["--no", "umapi", "local", "fire", "EveryNight", "--aws-port", port], { folder });
      if (/^schedule EveryNight ended: /m.test(printed) && adobe !== undefined) {
        people ??= fetch(`${adobe}/_sandbox/users`).then((answer) => answer.text());
        void people.then(() => program.signal("SIGINT"));
      }
    },
  });
  const { output: told = "", code: firing } = (await fired) ?? {};
  const found = users
    .parse(JSON.parse((await people) ?? "[]"))
    .map(({ email }) => email)
    .toSorted();
  // npx itself ends by the signal.
  const isDone =
    firing === 0 &&
    output.includes('"people":3,"failed":0,"unfinished":0') &&
    /\nStopped\. No operation was left unfinished\.\n$/.test(output) &&
    found.join() === emails.join();
  return isDone ? undefined : `fire: exit code ${firing}, users ${found}\n${told}\n${output}`;
}
