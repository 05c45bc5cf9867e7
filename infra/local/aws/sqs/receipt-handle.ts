import { receiptHandleIsInvalid } from "./errors.ts";

/** The content of a receipt handle: one receive of one message of one queue. */
export interface Receipt {
  readonly messageId: string;
  /** The number of the receive among all receives of the queue. */
  readonly receive: number;
}

/** An opaque handle, as AWS's are. */
export function receiptHandle(queueName: string, { messageId, receive }: Receipt): string {
  return Buffer.from(`${queueName} ${messageId} ${receive}`).toString("base64");
}

/** @throws ServiceError `ReceiptHandleIsInvalid` for a handle that this queue never issued */
export function parseReceiptHandle(queueName: string, handle: string): Receipt {
  const [name, messageId, receive, ...rest] = Buffer.from(handle, "base64").toString().split(" ");
  if (name !== queueName || messageId === undefined || !/^\d+$/.test(receive ?? "") || rest.length > 0) {
    throw receiptHandleIsInvalid(handle);
  }
  return { messageId, receive: Number(receive) };
}
