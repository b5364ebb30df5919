interface Entry {
  readonly time: number;
  readonly order: number;
  readonly run: () => void;
}

/**
 * What is to happen, by virtual time in milliseconds; what happens at one time happens in the order it was put down.
 * A binary heap: adding and taking cost the logarithm of what is pending.
 */
export class Agenda {
  now = 0;
  /** Happenings so far. */
  happened = 0;
  private readonly heap: Entry[] = [];
  private order = 0;

  at(time: number, run: () => void): void {
    const entry = { time: Math.max(time, this.now), order: this.order++, run };
    const { heap } = this;
    let i = heap.length;
    heap.push(entry);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!before(entry, heap[parent]!)) break;
      heap[i] = heap[parent]!;
      i = parent;
    }
    heap[i] = entry;
  }

  after(milliseconds: number, run: () => void): void {
    this.at(this.now + milliseconds, run);
  }

  get pending(): number {
    return this.heap.length;
  }

  /** Lets the next thing happen, if it does so before `end`. */
  step(end: number): boolean {
    const { heap } = this;
    const first = heap[0];
    if (!first || first.time >= end) return false;
    const last = heap.pop()!;
    if (heap.length > 0) this.sink(last);
    this.now = first.time;
    this.happened++;
    first.run();
    return true;
  }

  private sink(entry: Entry): void {
    const { heap } = this;
    const half = heap.length >> 1;
    let i = 0;
    while (i < half) {
      let child = 2 * i + 1;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, entry)) break;
      heap[i] = heap[child]!;
      i = child;
    }
    heap[i] = entry;
  }
}

function before(a: Entry, b: Entry): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}
