/** A queue that gives the entry of least priority first; among equals the one put in last. */
export class Heap<T> {
  private readonly priorities: number[] = [];
  private readonly entries: T[] = [];

  get size(): number {
    return this.entries.length;
  }

  push(priority: number, entry: T): void {
    let i = this.entries.length;
    this.priorities.push(priority);
    this.entries.push(entry);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (this.priorities[parent]! < priority) break;
      this.swap(i, parent);
      i = parent;
    }
  }

  pop(): T | undefined {
    const top = this.entries[0];
    const priority = this.priorities.pop();
    const entry = this.entries.pop();
    if (this.entries.length > 0) {
      this.priorities[0] = priority!;
      this.entries[0] = entry!;
      this.sink();
    }
    return top;
  }

  private sink(): void {
    let i = 0;
    for (;;) {
      let least = i;
      for (const child of [2 * i + 1, 2 * i + 2]) {
        if (child < this.entries.length && this.priorities[child]! < this.priorities[least]!) least = child;
      }
      if (least === i) return;
      this.swap(i, least);
      i = least;
    }
  }

  private swap(i: number, j: number): void {
    const priority = this.priorities[i]!;
    const entry = this.entries[i]!;
    this.priorities[i] = this.priorities[j]!;
    this.entries[i] = this.entries[j]!;
    this.priorities[j] = priority;
    this.entries[j] = entry;
  }
}
