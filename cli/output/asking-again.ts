import type { AskingAgain } from "../../client/exchange.ts";
import { duration } from "./text.ts";

/** For example `The service answers 503; asking again in 2 s.` */
export function askingAgainText({ reason, status, pauseMs }: AskingAgain): string {
  const reasons = {
    "no-answer": "The service gives no answer",
    "still-running": "An earlier run is still at work on this",
    failing: `The service answers ${status}`,
  };
  return `${reasons[reason]}; asking again in ${duration(pauseMs)}.`;
}
