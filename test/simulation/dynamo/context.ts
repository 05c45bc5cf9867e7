import type { PlannedRefusal } from "../../../infra/local/aws/refusals.ts";
import type { Tables } from "./tables.ts";

/** What an action works with. */
export interface DynamoContext {
  readonly tables: Tables;
  readonly region: string;
  readonly accountId: string;
  /** The refusal that a test has planned for this call. */
  readonly refusal: PlannedRefusal | undefined;
}
