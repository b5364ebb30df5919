import { type Cell, join, type Value } from './values.ts';

/**
 * Writes to cells, so that what happens in one branch is not seen in another, and after both either may have happened.
 */
export class Memory {
  /** What cells held before the branch that runs now wrote to them; the innermost branch last. */
  private readonly logs: Map<Cell, Value>[] = [];

  write(cell: Cell, value: Value): void {
    const log = this.logs.at(-1);
    if (log && !log.has(cell)) log.set(cell, cell.value);
    cell.value = value;
  }

  /** The cell may hold this too from now on. */
  add(cell: Cell, value: Value): void {
    this.write(cell, join(cell.value, value));
  }

  /** Runs every branch from the same state. `always`: one of them runs; otherwise perhaps none. */
  branches(runs: readonly (() => void)[], always: boolean): void {
    const after = new Map<Cell, Value[]>();
    const before = new Map<Cell, Value>();
    for (const run of runs) {
      const log = new Map<Cell, Value>();
      this.logs.push(log);
      try {
        run();
      } finally {
        this.logs.pop();
        for (const [cell, value] of log) {
          const seen = after.get(cell) ?? [];
          after.set(cell, seen);
          seen.push(cell.value);
          before.set(cell, value);
          cell.value = value;
        }
      }
    }
    for (const [cell, values] of after) {
      const all = always && values.length === runs.length;
      this.write(cell, all ? join(...values) : join(before.get(cell)!, ...values));
    }
  }
}
