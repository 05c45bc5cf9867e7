import type { DeliveryQueues } from "./delivery-queues.ts";
import type { LedgerTable } from "./ledger-table.ts";
import type { RoomTable } from "./room-table.ts";
import type { WebhookKeys } from "./webhook-keys.ts";
import type { WebhookSources } from "./webhook-sources.ts";
import type { WorkQueues } from "./work-queues.ts";
import type { WorkerDefaults } from "./worker-function.ts";

/** The parts of one instance that its functions share. */
export interface WorkerParts {
  readonly workQueues: WorkQueues;
  readonly ledger: LedgerTable;
  readonly room: RoomTable;
  readonly lane: string;
  /** How many removals go in any window, or `off`. */
  readonly removalLimit: string;
  /** Whether who leaves is removed before other work that waits. */
  readonly leaversFirst: boolean;
  readonly defaults: WorkerDefaults;
}

/** What the functions for webhooks share beside. */
export interface WebhookParts extends WorkerParts {
  readonly deliveryQueues: DeliveryQueues;
  readonly sources: WebhookSources;
  readonly keys: WebhookKeys;
}
