import { resourceInUse, resourceNotFound } from "./errors.ts";
import { Table, type TableDefinition } from "./table.ts";

/** The tables that have been created. */
export class Tables {
  readonly #tables = new Map<string, Table>();

  /** @throws ResourceInUseException for a name that is taken */
  create(definition: TableDefinition): Table {
    if (this.#tables.has(definition.name)) throw resourceInUse(definition.name);
    const table = new Table(definition);
    this.#tables.set(definition.name, table);
    return table;
  }

  find(name: string): Table | undefined {
    return this.#tables.get(name);
  }

  /** @throws ResourceNotFoundException */
  get(name: string): Table {
    const table = this.#tables.get(name);
    if (table === undefined) throw resourceNotFound();
    return table;
  }

  /** Deletes what has expired in every table. @returns how many items that were */
  deleteExpired(attribute: string, nowSeconds: number): number {
    let deleted = 0;
    for (const table of this.#tables.values()) deleted += table.deleteExpired(attribute, nowSeconds);
    return deleted;
  }
}
