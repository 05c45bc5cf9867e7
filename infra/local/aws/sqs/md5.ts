import { createHash } from "node:crypto";
import type { MessageAttributes } from "./message.ts";

/** The MD5 of a body's UTF-8 bytes in hex, which SDKs verify. */
export function md5OfBody(body: string): string {
  return createHash("md5").update(body).digest("hex");
}

const STRING_VALUE = Uint8Array.of(1);
const BINARY_VALUE = Uint8Array.of(2);

/**
 * The MD5 of message attributes, or undefined if there are none.
 * AWS, "Calculating the MD5 message digest for message attributes": sorted by name; of each the name, the data type
 * and the value, each after its length in four bytes, and one byte before the value for its transport type.
 */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash("md5");
  const update = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const { DataType = "", StringValue, BinaryValue } = attributes[name] ?? {};
    update(Buffer.from(name));
    update(Buffer.from(DataType));
    const binary = DataType.startsWith("Binary");
    hash.update(binary ? BINARY_VALUE : STRING_VALUE);
    update(binary ? Buffer.from(BinaryValue ?? "", "base64") : Buffer.from(StringValue ?? ""));
  }
  return hash.digest("hex");
}
