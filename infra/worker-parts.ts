import type { LedgerTable } from "./ledger-table.ts";
import type { RoomTable } from "./room-table.ts";
import type { WorkQueues } from "./work-queues.ts";
import type { WorkerDefaults } from "./worker-function.ts";

/** The parts of one instance that its functions share. */
export interface WorkerParts {
  readonly workQueues: WorkQueues;
  readonly ledger: LedgerTable;
  readonly room: RoomTable;
  readonly lane: string;
  readonly defaults: WorkerDefaults;
}
