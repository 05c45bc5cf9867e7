import { type Credentials, createCredentials } from "../../infra/local/adobe/credentials.ts";
import { Life } from "../simulation/life.ts";
import { accepted, actionRequests, allOperations, create, users } from "../simulation/observations.ts";
import { SimulatedWorld } from "../simulation/simulated-world.ts";
import type { Benchmark, Figure } from "./benchmark.ts";
import { CallCounts } from "./call-counts.ts";
import { joiner, tooBusy } from "./crowds.ts";

const sizes = [0, 100, 10_000];
const operations = 1000;
const perCall = 500;
const rate = { requests: 10, seconds: 60 };
const hourMs = 60 * 60_000;
/** After the first window's requests, before the second's. */
const unevenMs = 30_000;
/** 1.4 times what the operations need at the ceiling. */
const longestMs = 14 * 60_000;

/** What an action request costs dispatch while others stand in the waiting room. */
export const parked: Benchmark = {
  title: "An action request of ten commands, by how many operations are parked",
  async run() {
    const credentials = await createCredentials();
    const figures: Figure[] = [];
    for (const size of sizes) figures.push(...(await measured(size, credentials)));
    return {
      how:
        "Joiners behind one group, whose create Adobe is too busy for, are parked first. Then other operations drain at the budget's pace, " +
        "and dispatch's calls are counted from the second window until the last has succeeded; the group's create is tried again meanwhile. " +
        "Bytes are those of answers and of requests, as JSON. All per action request with work of the others.",
      counts: { operations, perCall, requestsPerWindow: rate.requests, windowSeconds: rate.seconds },
      figures,
    };
  },
};

async function measured(size: number, credentials: Credentials): Promise<Figure[]> {
  const world = await SimulatedWorld.create({ seed: 1, credentials, rate });
  await park(size, world);
  const people = users(operations, "other");
  for (let from = 0; from < operations; from += perCall)
    await accepted(world, people.slice(from, from + perCall).map(create));
  // The first window's requests go out while the call is still being accepted.
  await world.clock.advance(unevenMs);
  const before = (await actionRequests(world)).length;
  const isOfDispatch = () => Life.current?.of === "dispatch";
  const dynamo = CallCounts.of(world.dynamo, isOfDispatch);
  const sqs = CallCounts.of(world.sqs, () => Life.current === undefined || isOfDispatch());
  await world.clock.advance(longestMs);
  world.stop();

  const writes = dynamo.callsIfAny("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem");
  const { total: calls, bytesIn, bytesOut } = dynamo;
  const received = sqs.messages("ReceiveMessage");
  const hidden = sqs.messages("ChangeMessageVisibilityBatch");
  const succeeded = (await allOperations(world, "&status=succeeded")).length;
  if (succeeded !== operations) throw new Error(`${succeeded} of ${operations} operations succeeded`);
  const requests = (await actionRequests(world)).slice(before).filter(({ commands }) => commands > 1).length;
  const figure = (name: string, value: number, unit: string): Figure => ({
    case: `${size.toLocaleString("en")} parked`,
    name,
    value: value / requests,
    unit,
  });
  return [
    figure("SQS messages received", received, "messages"),
    figure("SQS messages hidden", hidden, "messages"),
    figure("DynamoDB calls that read", calls - writes, "calls"),
    figure("DynamoDB calls that write", writes, "calls"),
    figure("DynamoDB bytes read", bytesIn, "bytes"),
    figure("DynamoDB bytes written, and asked by", bytesOut, "bytes"),
  ];
}

/** Parks so many operations, and waits until nothing is left in the queue. */
async function park(size: number, world: SimulatedWorld): Promise<void> {
  if (size === 0) return;
  await world.sandbox("faults", [{ ...tooBusy, command: { usergroup: "Sales" } }]);
  await accepted(world, { usergroup: "Sales", do: [{ createUserGroup: {} }] });
  const joiners = users(size - 1, "joiner").map(joiner);
  for (let from = 0; from < joiners.length; from += perCall) await accepted(world, joiners.slice(from, from + perCall));
  await world.clock.advance(hourMs);
  const waiting = (await allOperations(world, "&waiting=behind")).length;
  if (waiting !== size - 1) throw new Error(`${waiting} of ${size - 1} operations are parked`);
}
