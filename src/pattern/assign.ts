import type { Budget } from '../sets/budget.ts';
import type { Element, Leaf, Leaves } from './event.ts';
import { operatorOf } from './operators/operators.ts';
import type { Alternative, Condition } from './pattern.ts';

/** For each condition the value that meets it; undefined where it is met by there being none. */
export type Assignment = readonly (Leaf | undefined)[];

/** Array → index of the element the values chosen so far lie in. */
type Fixed = ReadonlyMap<number, number>;

const nothingFixed: Fixed = new Map();

/**
 * One value for each condition such that no two lie in different elements of the same array, or undefined if
 * there is no such choice.
 *
 * The conditions are taken in the order of their paths. `exists: false` is met if no value under the path lies in
 * the elements fixed so far, and fixes nothing itself; so its answer depends on that order, as in Event Ruler.
 *
 * A state is a condition and the fixed elements of those arrays that later conditions still touch; a state that
 * failed is not tried again. Without repeated names that keeps the work near the number of values; the budget
 * bounds the rest.
 */
export function assign({ conditions }: Alternative, leaves: Leaves, budget: Budget): Assignment | undefined {
  const search = new Search(conditions, leaves, budget);
  return search.from(0, nothingFixed) ? search.chosen : undefined;
}

class Search {
  readonly chosen: (Leaf | undefined)[] = [];
  private readonly conditions: readonly Condition[];
  private readonly trees: readonly (Branch | undefined)[];
  /** For each condition the arrays that it or a later one touches. */
  private readonly touched: readonly ReadonlySet<number>[];
  private readonly failed = new Set<string | number>();
  private readonly budget: Budget;

  constructor(conditions: readonly Condition[], leaves: Leaves, budget: Budget) {
    this.conditions = conditions;
    this.budget = budget;
    this.trees = conditions.map(({ path }) => branchesOf(leaves.get(path)));
    this.touched = touchedFrom(this.trees);
  }

  from(index: number, fixed: Fixed): boolean {
    const condition = this.conditions[index];
    if (!condition) return true;
    const key = this.keyOf(index, fixed);
    if (this.failed.has(key)) return false;
    const found = this.condition(condition, index, fixed);
    if (!found) this.failed.add(key);
    return found;
  }

  private condition({ choices, path }: Condition, index: number, fixed: Fixed): boolean {
    let any = false;
    const tree = this.trees[index];
    const found =
      tree !== undefined &&
      visit(tree, fixed, (leaf) => {
        this.budget.spend(`the values of "${path}" in arrays`);
        any = true;
        if (!choices.some((choice) => operatorOf(choice).accepts(choice, leaf.value))) return false;
        this.chosen[index] = leaf;
        return this.from(index + 1, merge(fixed, leaf.element));
      });
    if (found) return true;
    if (any || !choices.some((choice) => choice.kind === 'exists' && !choice.value)) return false;
    this.chosen[index] = undefined;
    return this.from(index + 1, fixed);
  }

  /** Names a state; the usual one, with no or one array still touched, by a number. */
  private keyOf(index: number, fixed: Fixed): string | number {
    const touched = this.touched[index]!;
    const live: (readonly [array: number, element: number])[] = [];
    for (const entry of fixed) if (touched.has(entry[0])) live.push(entry);
    const [first] = live;
    if (!first) return -1 - index;
    if (live.length === 1 && first[0] < MAX_NUMBERED && index < MAX_NUMBERED) {
      return (first[1] * MAX_NUMBERED + first[0]) * MAX_NUMBERED + index;
    }
    return `${index} ${live
      .map(([array, element]) => `${array}:${element}`)
      .sort()
      .join(' ')}`;
  }
}

/** Arrays and conditions up to this number have states that are named by a number: 2 × 12 bits beside 2^29 elements. */
const MAX_NUMBERED = 4096;

/** The values under one path, by the elements they lie in, outermost array first. */
interface Branch {
  readonly leaves: Leaf[];
  arrays: Map<number, Map<number, Branch>> | undefined;
}

function branch(): Branch {
  return { leaves: [], arrays: undefined };
}

function branchesOf(leaves: readonly Leaf[] | undefined): Branch | undefined {
  if (!leaves) return undefined;
  const root = branch();
  for (const leaf of leaves) {
    let current = root;
    for (const element of elementsOf(leaf.element)) current = inside(current, element);
    current.leaves.push(leaf);
  }
  return root;
}

/** The branch of an element, made where there is none yet. */
function inside(outer: Branch, { array, index }: Element): Branch {
  outer.arrays ??= new Map();
  const { arrays } = outer;
  const elements = arrays.get(array) ?? new Map<number, Branch>();
  arrays.set(array, elements);
  const next = elements.get(index) ?? branch();
  elements.set(index, next);
  return next;
}

/** From the outermost to the innermost. */
function elementsOf(element: Element | undefined): Element[] {
  const elements: Element[] = [];
  for (let current = element; current; current = current.outer) elements.push(current);
  return elements.reverse();
}

/** Visits the values that lie in no other element than the fixed ones, until a visit answers true. */
function visit(tree: Branch, fixed: Fixed, found: (leaf: Leaf) => boolean): boolean {
  const stack: Iterator<Branch>[] = [[tree].values()];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const next = top.next();
    if (next.done) {
      stack.pop();
      continue;
    }
    const { leaves, arrays } = next.value;
    for (const leaf of leaves) if (found(leaf)) return true;
    if (arrays) stack.push(branchesIn(arrays, fixed));
  }
  return false;
}

function* branchesIn(arrays: NonNullable<Branch['arrays']>, fixed: Fixed): Generator<Branch> {
  for (const [array, elements] of arrays) {
    const index = fixed.get(array);
    if (index === undefined) yield* elements.values();
    else if (elements.has(index)) yield elements.get(index)!;
  }
}

function merge(fixed: Fixed, element: Element | undefined): Fixed {
  if (!element) return fixed;
  const merged = new Map(fixed);
  for (let current: Element | undefined = element; current; current = current.outer)
    merged.set(current.array, current.index);
  return merged;
}

function touchedFrom(trees: readonly (Branch | undefined)[]): ReadonlySet<number>[] {
  const touched: ReadonlySet<number>[] = [];
  let later: ReadonlySet<number> = new Set();
  for (let i = trees.length - 1; i >= 0; i--) {
    later = new Set([...later, ...arraysIn(trees[i])]);
    touched[i] = later;
  }
  return touched;
}

function arraysIn(tree: Branch | undefined): Set<number> {
  const arrays = new Set<number>();
  const stack = tree ? [tree] : [];
  for (let current = stack.pop(); current; current = stack.pop()) {
    for (const [array, elements] of current.arrays ?? []) {
      arrays.add(array);
      for (const next of elements.values()) stack.push(next);
    }
  }
  return arrays;
}
