/**
 * Runs `umapi users --json` in this process against a sandbox of 100,000 users, under a simulated clock, into an output
 * that takes its time. Prints as JSON how many users came out of it, each on its line of one JSON array, and how far
 * memory grew over what it was before: the live heap (bytes, after a full collection, at its highest while users were
 * coming) and the process as a whole (RSS, bytes, likewise). Run with `--expose-gc`. With
 * the argument `hoard` the users are kept.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { umapi } from "../../cli/program.ts";
import { untilSettled } from "../support/reading.ts";
import { surroundings } from "../support/umapi-in-process.ts";
import { ReadingWorld } from "./reading-world.ts";

const collectGarbage = globalThis.gc;
if (collectGarbage === undefined) throw new Error("Run with --expose-gc");

const liveHeap = () => {
  collectGarbage();
  return process.memoryUsage().heapUsed;
};

/** Takes one JSON array, an item a line, and keeps nothing but an unfinished line. */
class Lines extends Writable {
  users = 0;
  readonly most = { heap: 0, rss: 0 };
  readonly #hoard: unknown[] | undefined;
  #rest = "";
  #last = "";

  constructor(hoard: unknown[] | undefined) {
    super({ decodeStrings: false });
    this.#hoard = hoard;
  }

  get isWhole(): boolean {
    return this.#last === "]" && this.#rest === "";
  }

  override _write(chunk: unknown, _: BufferEncoding, done: () => void): void {
    const lines = (this.#rest + String(chunk)).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#take(line);
    // Like a pipe whose reader is busy.
    setImmediate(done);
  }

  #take(line: string): void {
    const isGood = line === "[" ? this.#last === "" : line === "]" ? !isOpen(this.#last) : isOpen(this.#last);
    if (!isGood) throw new Error("This is not one array, an item a line");
    this.#last = line;
    if (line === "[" || line === "]") return;
    const user: unknown = JSON.parse(line.replace(/,$/, ""));
    this.#hoard?.push(user);
    this.users++;
    if (this.users % 500 === 0) this.most.rss = Math.max(this.most.rss, process.memoryUsage.rss());
    if (this.users % 24_500 === 0) this.most.heap = Math.max(this.most.heap, liveHeap());
  }
}

/** Whether an item may follow the line. */
function isOpen(line: string): boolean {
  return line === "[" || line.endsWith(",");
}

const world = new ReadingWorld({ users: 100_000, pageSize: 1000 });
const stdout = new Lines(process.argv[2] === "hoard" ? [] : undefined);
const program = umapi(surroundings({ clock: world.clock, fetch: world.fetch, stdout }));
const folder = mkdtempSync(join(tmpdir(), "umapi-"));
try {
  const file = join(folder, "credentials.json");
  writeFileSync(file, JSON.stringify(world.credentials));
  const before = { heap: liveHeap(), rss: process.memoryUsage.rss() };
  const args = ["users", "--json", "--adobe-url", world.url, "--credentials", file];
  await untilSettled(world.clock, program.parseAsync(args, { from: "user" }));
  stdout.end();
  await finished(stdout);
  const { users, isWhole, most } = stdout;
  console.log(JSON.stringify({ users, isWhole, heap: most.heap - before.heap, rss: most.rss - before.rss }));
} finally {
  rmSync(folder, { recursive: true });
}
