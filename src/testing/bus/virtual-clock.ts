/** Work that is due at some moment of virtual time. */
interface Due {
  readonly at: number;
  readonly order: number;
  readonly work: () => unknown;
}

/**
 * Virtual time: it stands still while work is done, and jumps to whatever is due next. Work due at one moment is done
 * in the order in which it was put in.
 */
export class VirtualClock {
  private readonly heap: Due[] = [];
  private order = 0;
  private written = { at: Number.NaN, text: '' };
  now: number;

  constructor(start: number) {
    this.now = start;
  }

  after(milliseconds: number, work: () => unknown): void {
    const due = { at: this.now + Math.max(0, milliseconds), order: this.order++, work };
    this.heap.push(due);
    let i = this.heap.length - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (before(this.heap[parent]!, this.heap[i]!)) break;
      this.swap(i, parent);
      i = parent;
    }
  }

  /** The time as EventBridge writes it; most events come at the moment of the one before. */
  get text(): string {
    if (this.now !== this.written.at) this.written = { at: this.now, text: secondsOf(new Date(this.now)) };
    return this.written.text;
  }

  /** How many things are due, ever. */
  get pending(): number {
    return this.heap.length;
  }

  /** Does what is due next, if that is not later than the moment; false if nothing was. */
  async step(until: number): Promise<boolean> {
    const next = this.heap[0];
    if (!next || next.at > until) return false;
    this.pop();
    this.now = Math.max(this.now, next.at);
    await next.work();
    return true;
  }

  private pop(): void {
    const last = this.heap.pop()!;
    if (this.heap.length === 0) return;
    this.heap[0] = last;
    for (let i = 0; ; ) {
      const [left, right] = [2 * i + 1, 2 * i + 2];
      let least = i;
      if (left < this.heap.length && before(this.heap[left]!, this.heap[least]!)) least = left;
      if (right < this.heap.length && before(this.heap[right]!, this.heap[least]!)) least = right;
      if (least === i) return;
      this.swap(i, least);
      i = least;
    }
  }

  private swap(i: number, j: number): void {
    const kept = this.heap[i]!;
    this.heap[i] = this.heap[j]!;
    this.heap[j] = kept;
  }
}

/** As EventBridge writes times: to the second. */
export function secondsOf(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
}

function before(a: Due, b: Due): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
