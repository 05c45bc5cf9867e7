import { GetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod/mini";

const counts = z.object({
  ApproximateNumberOfMessages: z.coerce.number(),
  ApproximateNumberOfMessagesNotVisible: z.coerce.number(),
});

/**
 * About how many messages a queue holds, including those in flight and hidden.
 *
 * @returns undefined if SQS does not tell; every caller can do without it
 */
export async function queueDepth(sqs: SQSClient, queueUrl: string): Promise<number | undefined> {
  try {
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: queueUrl,
        AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
      }),
    );
    const { ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible } = counts.parse(Attributes);
    return ApproximateNumberOfMessages + ApproximateNumberOfMessagesNotVisible;
  } catch {
    return undefined;
  }
}
