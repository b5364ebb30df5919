import { OutOfBudget } from '../../sets/budget.ts';
import { type Leaf, Leaves } from './leaves.ts';

/**
 * Values looked at before a match is given up, over all patterns; a long string counts more. An ordinary event
 * needs a few for each pattern that has something in common with it.
 */
export const MATCHER_STEPS = 30_000_000;

/** The event being matched: what was read of it, and the work it may still cost. */
export class Event {
  readonly leaves = new Leaves();
  /** By the numbers of conditions: the last event for which an index of the field listed the condition. */
  private marks = new Float64Array(64);
  /** Different for every event, so that what is remembered of an earlier one is not taken for this one's. */
  number = 0;
  private left = 0;

  /** Forgets the last event. */
  begin(): void {
    this.number++;
    this.left = MATCHER_STEPS;
    this.leaves.clear();
  }

  /** Whether no value stands in an element of an array, so that there is nothing to agree on. */
  get flat(): boolean {
    return this.leaves.positions.none;
  }

  /** Makes room to mark conditions with numbers below a limit. */
  reserve(limit: number): void {
    if (limit <= this.marks.length) return;
    const marks = new Float64Array(Math.max(limit, 2 * this.marks.length));
    marks.set(this.marks);
    this.marks = marks;
  }

  /** Whether an index listed the condition for this event. */
  marked(id: number): boolean {
    return this.marks[id] === this.number;
  }

  /** Marks conditions, and puts those that were not marked yet in a list. */
  mark(ids: readonly number[], list: number[]): void {
    this.step(1 + (ids.length >> 3));
    const { marks, number } = this;
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i]!;
      if (marks[id] === number) continue;
      marks[id] = number;
      list.push(id);
    }
  }

  /** Counts so many tests of a value; throws {@link OutOfBudget} when there were too many. */
  spend(leaf: Leaf, tests = 1): void {
    this.step(tests * (1 + (leaf.size >> 6)));
  }

  /** Counts other work. */
  step(steps = 1): void {
    this.left -= steps;
    if (this.left < 0) throw new OutOfBudget('the values of the event times the conditions on them');
  }
}
