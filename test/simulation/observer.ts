import * as z from "zod/mini";
import type { Service, ServiceAnswer } from "../../infra/local/aws/service.ts";
import { parseMessage } from "../../shared/message.ts";
import type { Operation, OperationId } from "../../shared/operation.ts";

const batchSchema = z.object({ Entries: z.array(z.object({ Id: z.string(), MessageBody: z.string() })) });
const acceptedSchema = z.object({ Successful: z._default(z.array(z.object({ Id: z.string() })), []) });
const rowSchema = z.object({ Item: z.object({ row: z.object({ S: z.string() }) }) });
const progressSchema = z.object({
  operation: z.object({ id: z.string() }),
  progress: z.object({ uncertain: z.boolean() }),
});
const receivedSchema = z.object({
  Messages: z._default(z.array(z.object({ Attributes: z.object({ ApproximateReceiveCount: z.string() }) })), []),
});

/** What passes between the functions and the services, seen from where the services stand. */
export class Observer {
  /** Operations that SQS has accepted, each once, in the order of their first message. */
  readonly queued = new Map<OperationId, Operation>();
  /** Operations that the ledger has once held for possibly applied. */
  readonly uncertain = new Set<string>();
  mostReceives = 0;

  watch(service: Service): Service {
    return {
      ...service,
      handle: async (action, input, signal): Promise<ServiceAnswer> => {
        const answer = await service.handle(action, input, signal);
        if (action === "SendMessageBatch") this.#sent(input, answer.body);
        if (action === "PutItem") this.#written(input);
        if (action === "ReceiveMessage") this.#received(answer.body);
        return answer;
      },
    };
  }

  #sent(input: unknown, output: unknown): void {
    const accepted = acceptedSchema.safeParse(output);
    const ids = new Set(accepted.success ? accepted.data.Successful.map(({ Id }) => Id) : []);
    for (const { Id, MessageBody } of batchSchema.parse(input).Entries)
      for (const operation of (ids.has(Id) ? parseMessage(MessageBody) : undefined) ?? [])
        if (!this.queued.has(operation.id)) this.queued.set(operation.id, operation);
  }

  #written(input: unknown): void {
    const item = rowSchema.safeParse(input);
    if (!item.success) return;
    const { operation, progress } = progressSchema.parse(JSON.parse(item.data.Item.row.S));
    if (progress.uncertain) this.uncertain.add(operation.id);
  }

  #received(output: unknown): void {
    for (const { Attributes } of receivedSchema.parse(output ?? {}).Messages)
      this.mostReceives = Math.max(this.mostReceives, Number(Attributes.ApproximateReceiveCount));
  }
}
