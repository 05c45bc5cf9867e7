/**
 * Reads a sandbox of 100,000 users one by one and prints as JSON how many came and how far memory grew over what it was
 * before the first: the live heap (bytes, after a full collection, at its highest while users were coming) and the
 * process as a whole (RSS, bytes, likewise). Run with `--expose-gc`. With the argument `hoard` the users are kept.
 */
import { untilSettled } from "../support/reading.ts";
import { ReadingWorld } from "./reading-world.ts";

const collectGarbage = globalThis.gc;
if (collectGarbage === undefined) throw new Error("Run with --expose-gc");

const world = new ReadingWorld({ users: 100_000, pageSize: 1000 });
const hoard: unknown[] | undefined = process.argv[2] === "hoard" ? [] : undefined;

const liveHeap = () => {
  collectGarbage();
  return process.memoryUsage().heapUsed;
};
const before = { heap: liveHeap(), rss: process.memoryUsage.rss() };
const most = { ...before };
let users = 0;

async function read(): Promise<void> {
  for await (const user of world.reader().users()) {
    users++;
    hoard?.push(user);
    if (users % 500 === 0) most.rss = Math.max(most.rss, process.memoryUsage.rss());
    if (users % 24_500 === 0) most.heap = Math.max(most.heap, liveHeap());
  }
}

await untilSettled(world.clock, read());
console.log(JSON.stringify({ users, heap: most.heap - before.heap, rss: most.rss - before.rss }));
