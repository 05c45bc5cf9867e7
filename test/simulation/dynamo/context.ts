import type { PlannedRefusal } from "../../../infra/local/aws/refusals.ts";
import type { Tables } from "./tables.ts";

/** What an action works with. */
export interface DynamoContext {
  readonly tables: Tables;
  readonly region: string;
  readonly accountId: string;
  /** What the model was told to refuse of this call. */
  readonly refusal: PlannedRefusal | undefined;
}
