import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Service } from "../../infra/local/aws/service.ts";
import { OlderWork } from "../../shared/dispatch/older-work.ts";
import { openMs } from "../../shared/dispatch/open-time.ts";
import { documents } from "../../shared/dynamo/documents.ts";
import { LeaversFirst } from "../../shared/leavers/leavers-first.ts";
import { Watermark } from "../../shared/leavers/watermark-dynamo.ts";
import { partitionKey } from "../../shared/ledger/item.ts";
import { Ledger } from "../../shared/ledger/ledger-dynamo.ts";
import { type LedgerRow, newRow } from "../../shared/ledger/row.ts";
import type { OperationId } from "../../shared/operation/operation.ts";
import { RemovalStore } from "../../shared/removals/removals-dynamo.ts";
import { MarkStore } from "../../shared/room/mark-dynamo.ts";
import { Room } from "../../shared/room/room-dynamo.ts";
import { Settlement } from "../../shared/room/settlement.ts";
import { WaitingRoom } from "../../shared/room/waiting-room.ts";
import { createDynamo, type Dynamo } from "../simulation/dynamo/dynamo.ts";
import { ledgerTable, roomTable } from "../simulation/ledger-table.ts";
import { inProcess } from "./in-process-client.ts";
import { operationId } from "./operations.ts";
import { SimulatedClock } from "./simulated-clock.ts";

/** One call to the tables. */
export interface TableCall {
  readonly action: string;
  readonly input: Record<string, unknown>;
}

/** The ledger and the waiting room of one lane, over tables in this process. */
export class Stores {
  readonly clock = new SimulatedClock();
  readonly calls: TableCall[] = [];
  /** Ids of rows that were read and cannot be understood. */
  readonly unreadable: string[] = [];
  readonly dynamo: Dynamo;
  readonly documents;
  readonly ledger: Ledger;
  readonly room: Room;
  readonly marks: MarkStore;
  readonly waitingRoom: WaitingRoom;
  readonly settlement: Settlement;
  readonly leaversFirst: LeaversFirst;
  readonly olderWork: OlderWork;
  readonly removals: RemovalStore;
  readonly #client: DynamoDBClient;
  readonly #repeated = new Set<string>();

  static async create(): Promise<Stores> {
    const stores = new Stores(createDynamo());
    for (const table of [ledgerTable, roomTable]) await stores.#client.send(new CreateTableCommand(table));
    stores.calls.length = 0;
    return stores;
  }

  private constructor(dynamo: Dynamo) {
    this.dynamo = dynamo;
    this.#client = new DynamoDBClient(inProcess(this.#watched(dynamo)));
    this.documents = documents(this.#client);
    const { clock } = this;
    this.ledger = new Ledger(this.documents, ledgerTable.TableName, ({ operationId }) => {
      this.unreadable.push(operationId);
    });
    this.room = new Room(this.documents, roomTable.TableName, "default");
    this.marks = new MarkStore(this.documents, ledgerTable.TableName, "default");
    this.waitingRoom = new WaitingRoom({ clock, room: this.room, marks: this.marks, ledger: this.ledger });
    this.removals = new RemovalStore(this.documents, ledgerTable.TableName, "default");
    const watermark = new Watermark(this.documents, ledgerTable.TableName, "default");
    this.leaversFirst = new LeaversFirst({ clock, watermark, waitingRoom: this.waitingRoom, isOn: true });
    const { ledger, waitingRoom } = this;
    this.olderWork = new OlderWork({ clock, ledger, waitingRoom, openMs: openMs(120) });
    this.settlement = new Settlement({ clock, random: () => 0, ledger: this.ledger, waitingRoom: this.waitingRoom });
  }

  /**
   * From now on each such call is sent twice, as the SDK does if the answer is lost: the second answer is what the caller
   * gets.
   */
  repeat(action: string): void {
    this.#repeated.add(action);
  }

  /** The row as the ledger has it. */
  async row(id: OperationId): Promise<LedgerRow> {
    const row = (await this.ledger.read([id])).get(id);
    if (row === undefined || row === "unreadable") throw new Error(`${id} has no row that can be read`);
    return row;
  }

  /** Writes the row as somebody else would, and reads it. */
  async put(row: LedgerRow): Promise<LedgerRow> {
    if (!(await this.ledger.write(row))) throw new Error(`${row.operation.id} was written in between`);
    return await this.row(row.operation.id);
  }

  /** Writes what another version might have, over the row if there is one. */
  async putText(id: string, row: string): Promise<void> {
    const Item = { pk: partitionKey(operationId(id)), row, revision: 1 };
    await this.documents.send(new PutCommand({ TableName: ledgerTable.TableName, Item }));
  }

  /** Parks a new operation in the room, as a dispatcher would. */
  async park(operation: LedgerRow["operation"], changes: Pick<LedgerRow, "parked"> & Partial<LedgerRow>) {
    const row = { ...newRow(operation), ...changes };
    await this.waitingRoom.expect(row);
    return await this.put(row);
  }

  #watched(service: Service): Service {
    return {
      ...service,
      handle: async (action, input, signal) => {
        this.calls.push({ action, input: { ...(input as object) } });
        if (this.#repeated.has(action)) await service.handle(action, input, signal);
        return await service.handle(action, input, signal);
      },
    };
  }
}
