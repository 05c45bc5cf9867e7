import * as z from "zod/mini";

/** The members of SQS's inputs that the model acts on, in AWS's own names. */

const text = z.string();
const seconds = z.int();
const optionalText = z.optional(text);
const names = z.optional(z.array(text));

const messageAttribute = z.object({ DataType: text, StringValue: optionalText, BinaryValue: optionalText });

const message = {
  MessageBody: text,
  DelaySeconds: z.optional(seconds),
  MessageAttributes: z.optional(z.record(text, messageAttribute)),
  MessageSystemAttributes: z.optional(z.record(text, messageAttribute)),
  MessageDeduplicationId: optionalText,
  MessageGroupId: optionalText,
};

const queueUrl = { QueueUrl: text };

export const inputs = {
  createQueue: z.object({ QueueName: text, Attributes: z.optional(z.record(text, text)) }),
  getQueueUrl: z.object({ QueueName: text }),
  queue: z.object(queueUrl),
  getQueueAttributes: z.object({ ...queueUrl, AttributeNames: names }),
  setQueueAttributes: z.object({ ...queueUrl, Attributes: z.record(text, text) }),
  listQueues: z.object({ QueueNamePrefix: optionalText, MaxResults: z.optional(z.int()), NextToken: optionalText }),
  sendMessage: z.object({ ...queueUrl, ...message }),
  sendMessageBatch: z.object({ ...queueUrl, Entries: z.array(z.object({ Id: text, ...message })) }),
  receiveMessage: z.object({
    ...queueUrl,
    MaxNumberOfMessages: z.optional(z.int()),
    VisibilityTimeout: z.optional(seconds),
    WaitTimeSeconds: z.optional(seconds),
    AttributeNames: names,
    MessageSystemAttributeNames: names,
    MessageAttributeNames: names,
  }),
  deleteMessage: z.object({ ...queueUrl, ReceiptHandle: text }),
  deleteMessageBatch: z.object({ ...queueUrl, Entries: z.array(z.object({ Id: text, ReceiptHandle: text })) }),
  changeMessageVisibility: z.object({ ...queueUrl, ReceiptHandle: text, VisibilityTimeout: seconds }),
  changeMessageVisibilityBatch: z.object({
    ...queueUrl,
    Entries: z.array(z.object({ Id: text, ReceiptHandle: text, VisibilityTimeout: z.optional(seconds) })),
  }),
};

type SendMessage = z.infer<typeof inputs.sendMessage>;
export type MessageEntry = Omit<SendMessage, "QueueUrl">;
export type ReceiveMessage = z.infer<typeof inputs.receiveMessage>;
