import * as z from "zod/mini";
import type { Service } from "../../../infra/local/aws/service.ts";
import { isBell } from "../../../shared/operation/bell.ts";
import type { Clock } from "../../../shared/time/clock.ts";

const dayMs = 24 * 60 * 60 * 1000;
const answerSchema = z.looseObject({
  Messages: z._default(z.array(z.looseObject({ MessageId: z.string(), Body: z.string() })), []),
});

/** How often one message was received within any 24 hours, bells aside. */
export class DailyReceives {
  most = 0;
  readonly #times = new Map<string, number[]>();

  /** Counts what the service hands out from now on, whoever holds it already. */
  constructor(sqs: Service, clock: Clock) {
    const handle = sqs.handle.bind(sqs);
    sqs.handle = async (action, input, signal) => {
      const answer = await handle(action, input, signal);
      if (action !== "ReceiveMessage") return answer;
      for (const { MessageId, Body } of answerSchema.parse(answer.body).Messages)
        if (!isBell(Body)) this.#received(MessageId, clock.now());
      return answer;
    };
  }

  #received(id: string, now: number): void {
    const times = [...(this.#times.get(id) ?? []).filter((time) => time > now - dayMs), now];
    this.#times.set(id, times);
    this.most = Math.max(this.most, times.length);
  }
}
