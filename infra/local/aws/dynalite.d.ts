declare module "dynalite" {
  import type { Server } from "node:http";

  interface DynaliteOptions {
    /** How long a new table stays in CREATING. @default 500 */
    readonly createTableMs?: number;
    /** How long a dropped table stays in DELETING. @default 500 */
    readonly deleteTableMs?: number;
    /** How long a changed table stays in UPDATING. @default 500 */
    readonly updateTableMs?: number;
    /** Where to keep the tables. @default - in memory */
    readonly path?: string;
  }

  /** An HTTP server that answers as DynamoDB does. */
  export default function dynalite(options?: DynaliteOptions): Server;
}
