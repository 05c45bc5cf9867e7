import type { Touches } from "./conflicts.ts";

/** Finds the last place that holds something a new command conflicts with. The command must not go before that. */
export class LatestConflict {
  readonly #written = new Map<string, number>();
  readonly #touched = new Map<string, number>();

  /** The highest place recorded for anything that conflicts with these names, or -1. */
  before({ writes, reads }: Touches): number {
    let latest = -1;
    for (const name of writes) latest = Math.max(latest, this.#touched.get(name) ?? -1);
    for (const name of reads) latest = Math.max(latest, this.#written.get(name) ?? -1);
    return latest;
  }

  record({ writes, reads }: Touches, place: number): void {
    for (const name of writes) {
      raise(this.#written, name, place);
      raise(this.#touched, name, place);
    }
    for (const name of reads) raise(this.#touched, name, place);
  }
}

function raise(places: Map<string, number>, name: string, place: number): void {
  if (place > (places.get(name) ?? -1)) places.set(name, place);
}
