import type { ExplainedIn } from "./explained/alike.ts";
import { dispatch } from "./explained/dispatch.ts";
import { dynamo } from "./explained/dynamo.ts";
import { http } from "./explained/http.ts";
import { leavers } from "./explained/leavers.ts";
import { ledger } from "./explained/ledger.ts";
import { pacing } from "./explained/pacing.ts";
import { planning } from "./explained/planning.ts";
import { room } from "./explained/room.ts";
import { submit } from "./explained/submit.ts";

/** Every mutant that survives, and why it may. */
export const explained: ExplainedIn = {
  ...dispatch,
  ...dynamo,
  ...http,
  ...leavers,
  ...ledger,
  ...pacing,
  ...planning,
  ...room,
  ...submit,
};
