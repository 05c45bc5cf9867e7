import type { Ledger } from "../ledger/ledger-dynamo.ts";
import type { Canceler } from "../operate/canceler.ts";
import { operationIdFor } from "../operation/ids.ts";
import type { CallRecords } from "../submit/call-records-dynamo.ts";
import type { Clock } from "../time/clock.ts";
import type { Scheduling } from "./known-record.ts";

export interface ScheduledWorkServices {
  readonly clock: Clock;
  readonly calls: CallRecords;
  readonly ledger: Ledger;
  readonly canceler: Canceler;
}

/** What records have scheduled by earlier mappings. */
export class ScheduledWork {
  readonly #services: ScheduledWorkServices;

  constructor(services: ScheduledWorkServices) {
    this.#services = services;
  }

  /** Cancels operations of these calls that wait for their time. Others are left alone. @param by who made the calls */
  async cancel(callsToCancel: readonly Scheduling[], by: string): Promise<void> {
    const { ledger, canceler } = this.#services;
    for (const scheduling of callsToCancel) {
      const rows = await ledger.read(await this.#idsOf(scheduling, by));
      for (const [id, row] of rows)
        if (row !== "unreadable" && row.status === "queued" && row.parked?.reason === "scheduled")
          await canceler.cancel(id, by);
    }
  }

  async #idsOf({ key, commands }: Scheduling, by: string) {
    const { calls, clock } = this.#services;
    const { callId, record } = await calls.find(key, by, "", clock.now());
    // The call was never made.
    if (record.revision === 0) return [];
    return Array.from({ length: commands }, (_, index) => operationIdFor(callId, record.acceptedAt, index));
  }
}
