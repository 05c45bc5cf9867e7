import { isObject } from "./field-rules.ts";
import { InputError } from "./input-error.ts";
import { type HttpReply, json } from "./reply.ts";

/** What HR systems would answer if they were asked for one person's record. */
export class HrRecords {
  readonly #records = new Map<string, unknown>();

  /**
   * Sets what reading a record answers, from the body of `POST /_sandbox/records`: `{"source", "id", "record"}`. The record
   * is any JSON; null if it is gone.
   *
   * @throws InputError
   */
  set(input: unknown): void {
    if (!isObject(input)) throw new InputError('The body must be {"source", "id", "record"}');
    const unknown = Object.keys(input).find((key) => !["source", "id", "record"].includes(key));
    if (unknown !== undefined) throw new InputError(`${unknown}: unknown key, expected source, id, record`);
    const { source, id, record } = input;
    if (typeof source !== "string" || source === "") throw new InputError("source: must be the name of a source");
    if ((typeof id !== "string" && typeof id !== "number") || id === "")
      throw new InputError("id: must be the id of a record, as a string or a number");
    if (record === undefined) throw new InputError("record: must be any JSON, or null if the record is gone");
    if (record === null) this.#records.delete(keyOf(source, String(id)));
    else this.#records.set(keyOf(source, String(id)), record);
  }

  answer(source: string, id: string): HttpReply {
    const record = this.#records.get(keyOf(source, id));
    return record === undefined ? json(404, { message: "There is no such record" }) : json(200, record);
  }

  clear(): void {
    this.#records.clear();
  }
}

const keyOf = (source: string, id: string) => JSON.stringify([source, id]);
