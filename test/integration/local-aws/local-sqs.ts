import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageCommand,
  type SendMessageCommandInput,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { createSqs } from "../../../infra/local/aws/sqs/sqs.ts";
import { inProcess } from "../../support/in-process-client.ts";
import { SimulatedClock } from "../../support/simulated-clock.ts";

/** The local SQS in this process, with the SDK's client before it and a clock that only the test moves. */
export function localSqs() {
  const clock = new SimulatedClock();
  let ids = 0;
  const randomId = () => {
    ids += 1;
    return `00000000-0000-4000-8000-${String(ids).padStart(12, "0")}`;
  };
  const sqs = createSqs({ clock, randomId, endpoint: "http://sqs.test" });
  return { clock, sqs, client: new SQSClient(inProcess(sqs)) };
}

/** A FIFO queue and the calls that its tests repeat. */
export async function fifoQueue(client: SQSClient, name = "work.fifo", attributes: Record<string, string> = {}) {
  const { QueueUrl = "" } = await client.send(
    new CreateQueueCommand({ QueueName: name, Attributes: { FifoQueue: "true", ...attributes } }),
  );
  const sendOne = (input: Partial<SendMessageCommandInput>) => {
    const MessageBody = input.MessageBody ?? "body";
    const defaults = { MessageBody, MessageGroupId: "g", MessageDeduplicationId: MessageBody };
    return client.send(new SendMessageCommand({ QueueUrl, ...defaults, ...input }));
  };
  return {
    QueueUrl,
    sendOne,
    arn: `arn:aws:sqs:us-east-1:000000000000:${name}`,

    /** Sends each body as a message of the group, which is its deduplication id as well. */
    async send(group: string, ...bodies: string[]): Promise<void> {
      for (const body of bodies) await sendOne({ MessageBody: body, MessageGroupId: group });
    },

    async receive(input: Partial<ReceiveMessageCommandInput> = {}): Promise<Message[]> {
      const defaults = { MaxNumberOfMessages: 10, MessageSystemAttributeNames: ["All" as const] };
      const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl, ...defaults, ...input }));
      return Messages;
    },

    hide(message: Message | undefined, VisibilityTimeout: number) {
      const { ReceiptHandle } = message ?? {};
      return client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));
    },

    delete(message: Message | undefined) {
      return client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
    },

    /** The approximate numbers of visible, hidden and delayed messages. */
    async counts(): Promise<[visible: number, notVisible: number, delayed: number]> {
      const get = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] });
      const { Attributes = {} } = await client.send(get);
      return [
        Number(Attributes["ApproximateNumberOfMessages"]),
        Number(Attributes["ApproximateNumberOfMessagesNotVisible"]),
        Number(Attributes["ApproximateNumberOfMessagesDelayed"]),
      ];
    },
  };
}

/** A FIFO queue whose messages move to another FIFO queue when they were received `maxReceiveCount` times. */
export async function queueWithDeadLetters(client: SQSClient, maxReceiveCount: number) {
  const deadLetters = await fifoQueue(client, "dead.fifo");
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount });
  return { deadLetters, queue: await fifoQueue(client, "work.fifo", { RedrivePolicy }) };
}

export const bodies = (messages: readonly Message[]) => messages.map(({ Body }) => Body);
