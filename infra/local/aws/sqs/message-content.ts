import { invalidMessageContents, invalidParameter, invalidParameterValue, missingParameter } from "./errors.ts";
import type { MessageEntry } from "./inputs.ts";
import type { MessageAttribute, MessageAttributes } from "./message.ts";

/** AWS: a message has at most ten attributes. */
const MAX_ATTRIBUTES = 10;

/** AWS allows the XML characters; half of a surrogate pair is not one of them. */
const INVALID_CHARACTER = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** @throws ServiceError if a body is empty or holds a character that AWS refuses */
export function checkBody(body: string): void {
  if (body === "") throw missingParameter("MessageBody");
  if (INVALID_CHARACTER.test(body)) throw invalidMessageContents();
}

/** @throws ServiceError `InvalidParameterValue` for a bad name, type or value, or too many of them */
export function checkAttributes(attributes: MessageAttributes): void {
  const all = Object.entries(attributes);
  if (all.length > MAX_ATTRIBUTES) {
    throw invalidParameterValue(`Number of message attributes [${all.length}] exceeds the allowed maximum [10].`);
  }
  for (const [name, attribute] of all) checkAttribute(name, attribute);
}

function checkAttribute(name: string, { DataType, StringValue, BinaryValue }: MessageAttribute): void {
  if (!/^(?!\.)(?!.*\.\.)(?!(?:aws|amazon)\.)[\w.-]{1,256}(?<!\.)$/i.test(name)) {
    throw invalidParameter("MessageAttributes", name, "The message attribute name is not valid.");
  }
  if (!/^(?:String|Number|Binary)(?:\..+)?$/.test(DataType)) {
    const message = `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`;
    throw invalidParameterValue(message);
  }
  const value = DataType.startsWith("Binary") ? BinaryValue : StringValue;
  if (value === undefined || value === "") {
    throw invalidParameterValue(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${DataType}'.`,
    );
  }
  if (DataType.startsWith("Number") && !Number.isFinite(Number(value))) {
    throw invalidParameterValue(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  }
}

/** The size that AWS's limits count, in bytes: the body, and the name, type and value of each attribute. */
export function messageBytes({ MessageBody, MessageAttributes = {} }: MessageEntry): number {
  return Object.entries(MessageAttributes).reduce(
    (sum, [name, { DataType, StringValue = "", BinaryValue = "" }]) =>
      sum + Buffer.byteLength(name + DataType + StringValue) + Buffer.byteLength(BinaryValue, "base64"),
    Buffer.byteLength(MessageBody),
  );
}
