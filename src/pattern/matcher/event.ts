import { OutOfBudget } from '../../sets/budget.ts';
import { type Leaf, Leaves } from './leaves.ts';

/**
 * Values looked at before a match is given up, over all patterns; a long string counts more. An ordinary event
 * needs a few for each pattern that has something in common with it.
 */
export const MATCHER_STEPS = 100_000_000;

/** The event being matched: what was read of it, and the work it may still cost. */
export class Event {
  readonly leaves = new Leaves();
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

  /** Counts a value that is looked at; throws {@link OutOfBudget} when that was too often. */
  spend(leaf: Leaf): void {
    this.step(1 + (leaf.size >> 6));
  }

  /** Counts other work. */
  step(steps = 1): void {
    this.left -= steps;
    if (this.left < 0) throw new OutOfBudget('the values of the event times the conditions on them');
  }
}
