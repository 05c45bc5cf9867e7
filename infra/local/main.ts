/** `npm start`: the synthesized stack on this machine, with an Adobe sandbox to send to. */
import { readFlags } from "./flags.ts";
import { type Running, start } from "./start.ts";

const ending = new AbortController();
let running: Running | undefined;
process.on("SIGINT", stop);
process.on("SIGTERM", stop);

try {
  const flags = readFlags(process.argv.slice(2));
  running = await start({ flags, environment: process.env, print: console.log, signal: ending.signal });
  console.log(introduction(running));
} catch (error) {
  if (!ending.signal.aborted) {
    const [line] = (error instanceof Error ? error.message : String(error)).split("\n");
    console.error(line);
    // Whatever has started already goes with the process.
    process.exit(1);
  }
}

/** However often it is asked. During the start there is nothing yet that needs an orderly end. */
function stop(): void {
  if (ending.signal.aborted) return;
  ending.abort();
  (running?.stop() ?? Promise.resolve()).finally(() => process.exit(0));
}

function introduction({ apiUrl, adobeUrl, awsUrl, notes }: Running): string {
  const command = {
    user: "jane.doe@example.com",
    do: [
      {
        createFederatedID: {
          email: "jane.doe@example.com",
          firstname: "Jane",
          lastname: "Doe",
          country: "US",
          option: "ignoreIfAlreadyExists",
        },
      },
    ],
  };
  return [
    `API            ${apiUrl}/v1/operations`,
    `Adobe sandbox  ${adobeUrl} (what it has got: ${adobeUrl}/_sandbox/requests)`,
    `AWS            ${awsUrl} (SQS, DynamoDB, Secrets Manager)`,
    "",
    ...notes,
    "",
    `curl ${apiUrl}/v1/operations -H 'Content-Type: application/json' -d '${JSON.stringify(command)}'`,
    "",
    "Ready. Ctrl+C stops everything.",
  ].join("\n");
}
