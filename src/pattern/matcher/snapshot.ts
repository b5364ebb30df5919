/** Additions that are searched one by one before the sorted form is made anew. */
const FEW = 32;

/** A sorted form that answers quickly but cannot be changed. `found` is told candidates; it may be told too many. */
export interface Snapshot<E, Q> {
  find(query: Q, found: (entry: E) => void): void;
}

/**
 * A changing set of entries over a sorted form of it: what was added since is searched one by one, until there is
 * enough of it to sort anew. So n additions between searches cost one sort, and additions in turn with searches
 * cost each a small part of one. Entries that were taken out stay in the sorted form until then.
 */
export class Sorted<E, Q> {
  private readonly sort: (entries: readonly E[]) => Snapshot<E, Q>;
  private readonly entries = new Set<E>();
  private snapshot: Snapshot<E, Q> | undefined;
  private fresh: E[] = [];
  private gone = 0;

  constructor(sort: (entries: readonly E[]) => Snapshot<E, Q>) {
    this.sort = sort;
  }

  get size(): number {
    return this.entries.size;
  }

  add(entry: E): void {
    this.entries.add(entry);
    this.fresh.push(entry);
  }

  delete(entry: E): void {
    if (this.entries.delete(entry)) this.gone++;
  }

  /** Tells every entry that may fit, and perhaps some that do not. */
  find(query: Q, found: (entry: E) => void): void {
    const some = FEW + this.entries.size / 8;
    if (!this.snapshot || this.fresh.length > some || this.gone > some) this.renew();
    this.snapshot!.find(query, found);
    for (const entry of this.fresh) found(entry);
  }

  private renew(): void {
    this.snapshot = this.sort([...this.entries]);
    this.fresh = [];
    this.gone = 0;
  }
}
