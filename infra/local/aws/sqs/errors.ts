import { ServiceError } from "../service-error.ts";

/** AWS: the error shapes of the SQS API, with the Query code and the status that its model gives each. */
function sqsError(shape: string, message: string, { code = `AWS.SimpleQueueService.${shape}`, status = 400 } = {}) {
  return new ServiceError({ type: `com.amazonaws.sqs#${shape}`, code, message, status, queryCompatible: true });
}

/** Errors that the SQS model does not list come from AWS's common ones; an SDK names them by their Query code. */
function commonError(shape: string, code: string, message: string, status = 400) {
  return new ServiceError({ type: `com.amazon.coral.service#${shape}`, code, message, status, queryCompatible: true });
}

export const queueDoesNotExist = () =>
  sqsError("QueueDoesNotExist", "The specified queue does not exist.", {
    code: "AWS.SimpleQueueService.NonExistentQueue",
  });

export const queueNameExists = (attribute: string) =>
  sqsError(
    "QueueNameExists",
    `A queue already exists with the same name and a different value for attribute ${attribute}`,
    { code: "QueueAlreadyExists" },
  );

export const purgeQueueInProgress = (queueName: string) =>
  sqsError("PurgeQueueInProgress", `Only one PurgeQueue operation on ${queueName} is allowed every 60 seconds.`, {
    status: 403,
  });

export const invalidAttributeName = (name: string) =>
  sqsError("InvalidAttributeName", `Unknown Attribute ${name}.`, { code: "InvalidAttributeName" });

export const fifoOnlyAttribute = (name: string) =>
  sqsError("InvalidAttributeName", `You can specify the ${name} only when FifoQueue is set to true.`, {
    code: "InvalidAttributeName",
  });

export const invalidAttributeValue = (name: string, reason = "") =>
  sqsError("InvalidAttributeValue", `Invalid value for the parameter ${name}.${reason && ` Reason: ${reason}`}`, {
    code: "InvalidAttributeValue",
  });

export const queueTypeIsFixed = () => invalidAttributeValue("FifoQueue", "Modifying queue type is not supported.");

export const receiptHandleIsInvalid = (handle: string) =>
  sqsError("ReceiptHandleIsInvalid", `The input receipt handle "${handle}" is not a valid receipt handle.`, {
    code: "ReceiptHandleIsInvalid",
    status: 404,
  });

export const messageNotInflight = (handle: string) =>
  sqsError(
    "MessageNotInflight",
    `Value ${handle} for parameter ReceiptHandle is invalid. Reason: Message is not in flight.`,
  );

export const invalidMessageContents = () =>
  sqsError(
    "InvalidMessageContents",
    "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF",
    { code: "InvalidMessageContents" },
  );

export const emptyBatchRequest = (entryType: string) =>
  sqsError("EmptyBatchRequest", `There should be at least one ${entryType} in the request.`);

export const tooManyEntriesInBatchRequest = (limit: number, sent: number) =>
  sqsError(
    "TooManyEntriesInBatchRequest",
    `Maximum number of entries per request are ${limit}. You have sent ${sent}.`,
  );

export const batchEntryIdsNotDistinct = (id: string) => sqsError("BatchEntryIdsNotDistinct", `Id ${id} repeated.`);

export const invalidBatchEntryId = () =>
  sqsError(
    "InvalidBatchEntryId",
    "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
  );

export const batchRequestTooLong = (limit: number, sent: number) =>
  sqsError("BatchRequestTooLong", `Batch requests cannot be longer than ${limit} bytes. You have sent ${sent} bytes.`);

export const invalidParameterValue = (message: string) =>
  commonError("InvalidParameterValueException", "InvalidParameterValue", message);

/** AWS's most common message: the value, the parameter, and the reason why the value is invalid. */
export const invalidParameter = (parameter: string, value: string | number, reason: string) =>
  invalidParameterValue(`Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`);

export const missingParameter = (parameter: string) =>
  commonError(
    "MissingRequiredParameterException",
    "MissingParameter",
    `The request must contain the parameter ${parameter}.`,
  );

export const serializationException = (member: string, detail: string) =>
  commonError("SerializationException", "SerializationException", `${member || "The input"}: ${detail}`);

export const unknownOperation = (action: string, known: readonly string[]) =>
  commonError(
    "UnknownOperationException",
    "UnknownOperationException",
    `The local SQS has no action ${action}; it has ${known.join(", ")}.`,
  );
