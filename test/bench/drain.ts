import { type Credentials, createCredentials } from "../../infra/local/adobe/credentials.ts";
import { maxCommandsPerRequest } from "../../shared/planning/plan.ts";
import type { Clock } from "../../shared/time/clock.ts";
import { accepted, actionRequests, allOperations, create, users } from "../simulation/observations.ts";
import { SimulatedWorld } from "../simulation/simulated-world.ts";
import type { Benchmark, Figure } from "./benchmark.ts";
import { CallCounts } from "./call-counts.ts";

const operations = 5000;
const operationsPerCall = 500;
const latenciesMs = [0, 150, 5000];
/** UMAPI docs: 10 action requests of 10 commands in any minute. */
const rate = { requests: 10, seconds: 60 };
const ceilingPerMinute = (rate.requests * maxCommandsPerRequest * 60) / rate.seconds;
const longestDrainSeconds = 2 * 60 * 60;

/** How near a backlog's drain comes to Adobe's ceiling, and what it costs in calls. */
export const drain: Benchmark = {
  title: "Draining a full queue, by Adobe's time to answer",
  async run() {
    const credentials = await createCredentials();
    const figures: Figure[] = [];
    for (const latencyMs of latenciesMs) figures.push(...(await drained(latencyMs, credentials)));
    return {
      how:
        "The submit and dispatch handlers against the local SQS, a DynamoDB model and the Adobe sandbox, all in one process under a simulated clock. " +
        "Commands per minute: those sent before the last window's first request, by the simulated time from the first request to that one, " +
        "so that neither the first window's head start nor the last one's tail counts. DynamoDB and SQS calls are submit's and dispatch's together, with the receives and deletes of Lambda's event source mapping.",
      counts: { operations, operationsPerCall, requestsPerWindow: rate.requests, windowSeconds: rate.seconds },
      figures,
    };
  },
};

async function drained(latencyMs: number, credentials: Credentials): Promise<Figure[]> {
  const network = async (send: () => Promise<Response>, _url: string, clock: Clock) => {
    await clock.sleep(latencyMs / 2);
    const response = await send();
    await clock.sleep(latencyMs / 2);
    return response;
  };
  const world = await SimulatedWorld.create({ seed: 1, credentials, rate, network });
  const dynamo = CallCounts.of(world.dynamo);
  const sqs = CallCounts.of(world.sqs);
  const people = users(operations);
  for (let from = 0; from < people.length; from += operationsPerCall)
    await accepted(world, people.slice(from, from + operationsPerCall).map(create));
  await world.drain(longestDrainSeconds);
  world.stop();

  // Taken before anything is read for checking: reads are calls too.
  const dynamoCalls = dynamo.total;
  const sqsCalls = sqs.calls(
    "SendMessageBatch",
    "ReceiveMessage",
    "DeleteMessageBatch",
    "ChangeMessageVisibilityBatch",
  );
  const requests = await actionRequests(world);
  const finished = await allOperations(world);
  const succeeded = finished.filter(({ status, attempts }) => status === "succeeded" && attempts === 0).length;
  if (succeeded !== operations) throw new Error(`${succeeded} of ${operations} operations succeeded at first try`);

  const figure = (name: string, value: number, unit: string): Figure => ({
    case: `${latencyMs.toLocaleString("en")} ms`,
    name,
    value,
    unit,
  });
  const perMinute = steadyCommandsPerMinute(requests);
  return [
    figure("commands per simulated minute", perMinute, "commands/min"),
    figure("share of Adobe's ceiling", (100 * perMinute) / ceilingPerMinute, "%"),
    figure("action requests per 1,000 operations", (1000 * requests.length) / operations, "requests"),
    figure("answers 429", requests.filter(({ status }) => status === 429).length, "answers"),
    figure(
      "SQS receives per message, mean",
      sqs.messages("ReceiveMessage") / sqs.messages("SendMessageBatch"),
      "receives",
    ),
    figure("SQS receives per message, most", world.queue.mostReceives, "receives"),
    figure("SQS calls per operation", sqsCalls / operations, "calls"),
    figure("DynamoDB calls per operation", dynamoCalls / operations, "calls"),
    figure("DynamoDB calls per operation, writes only", dynamo.calls("PutItem") / operations, "calls"),
  ];
}

function steadyCommandsPerMinute(requests: readonly { readonly at: number; readonly commands: number }[]): number {
  const [first, last] = [requests.at(0), requests.at(-rate.requests)];
  if (first === undefined || last === undefined) throw new Error("nothing was sent for more than a window");
  const commands = requests.slice(0, -rate.requests).reduce((sum, request) => sum + request.commands, 0);
  return commands / ((last.at - first.at) / 60_000);
}
