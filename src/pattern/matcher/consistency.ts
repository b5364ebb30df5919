import type { Branch } from './branches.ts';
import { type Condition, MET } from './condition.ts';
import type { Event } from './event.ts';
import type { Leaf } from './leaves.ts';

/**
 * Whether one value can be chosen for each condition such that no two stand in different elements of the same
 * array. The conditions are taken in the order of their paths; `exists: false` is met if no value of the path
 * stands in the elements fixed so far, and fixes nothing itself.
 *
 * States (a condition, and the fixed elements of the arrays that later conditions touch) that failed are not
 * tried again; the budget of the event bounds the rest.
 */
export function consistent(conditions: readonly Condition[], event: Event): boolean {
  const positioned = conditions.filter(({ field }) => field.hasPositions(event));
  if (positioned.length < 2)
    return conditions.every((condition) => condition.field.state(condition, event) === MET);
  return new Search(positioned, event).from(0);
}

/** What a state and a visited value cost, as multiples of a plain test. A state that fails is kept, too. */
const STATE = 25;
const VISIT = 5;

class Search {
  private readonly conditions: readonly Condition[];
  private readonly branches: readonly Branch[];
  private readonly event: Event;
  /** Array → the element that the values chosen so far stand in. */
  private readonly fixed = new Map<number, number>();
  /** Array → the index of the last condition that touches it. */
  private readonly lastUse = new Map<number, number>();
  private readonly failed = new Set<string>();

  constructor(conditions: readonly Condition[], event: Event) {
    this.conditions = conditions;
    this.event = event;
    this.branches = conditions.map(({ field }) => field.branches(event));
    for (const [index, branch] of this.branches.entries()) this.noteArrays(branch, index);
  }

  private noteArrays(root: Branch, index: number): void {
    const stack = [root];
    for (let branch = stack.pop(); branch; branch = stack.pop()) {
      for (const [array, elements] of branch.arrays) {
        this.lastUse.set(array, index);
        for (const inner of elements.values()) stack.push(inner);
      }
    }
  }

  from(index: number): boolean {
    if (index === this.conditions.length) return true;
    this.event.step(STATE + this.fixed.size);
    const key = this.keyOf(index);
    if (this.failed.has(key)) return false;
    const found = this.choose(index);
    if (!found) this.failed.add(key);
    return found;
  }

  private keyOf(index: number): string {
    const live: number[] = [];
    for (const [array, element] of this.fixed) if (this.lastUse.get(array)! >= index) live.push(element);
    return `${index}:${live.sort((a, b) => a - b)}`;
  }

  private choose(index: number): boolean {
    const condition = this.conditions[index]!;
    let any = false;
    const found = this.visit(this.branches[index]!, (leaf) => {
      any = true;
      return condition.accepts(leaf) && this.with(leaf, index + 1);
    });
    return found || (!any && condition.absence && this.from(index + 1));
  }

  /** Visits the values that stand in no other element than the fixed ones, until a visit answers true. */
  private visit(root: Branch, found: (leaf: Leaf) => boolean): boolean {
    const stack = [root];
    for (let branch = stack.pop(); branch; branch = stack.pop()) {
      for (const leaf of branch.leaves) {
        this.event.step(VISIT);
        if (found(leaf)) return true;
      }
      for (const [array, elements] of branch.arrays) {
        const element = this.fixed.get(array);
        if (element === undefined) for (const inner of elements.values()) stack.push(inner);
        else if (elements.has(element)) stack.push(elements.get(element)!);
      }
    }
    return false;
  }

  /** Fixes the elements around a value, goes on, and frees them again. */
  private with(leaf: Leaf, next: number): boolean {
    const { positions } = this.event.leaves;
    const fresh: number[] = [];
    for (let at = leaf.position; at !== 0; at = positions.parentOf(at)) {
      const array = positions.arrayOf(at);
      if (this.fixed.has(array)) continue;
      this.fixed.set(array, at);
      fresh.push(array);
    }
    const found = this.from(next);
    for (const array of fresh) this.fixed.delete(array);
    return found;
  }
}
