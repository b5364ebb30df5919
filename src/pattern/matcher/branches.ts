import type { Leaf } from './leaves.ts';
import { NOWHERE, type Positions } from './positions.ts';

type Arrays = Map<number, Map<number, Branch>>;

/** The values of one path by the array elements they stand in, outermost array first. */
export interface Branch {
  readonly leaves: readonly Leaf[];
  /** Array → element (a position) → what stands in it. */
  readonly arrays: ReadonlyMap<number, ReadonlyMap<number, Branch>>;
}

/** Most branches have a value and no array, or an array and no value; what they lack they share. */
const NO_LEAVES: Leaf[] = [];
const NO_ARRAYS: Arrays = new Map();

class GrowingBranch implements Branch {
  leaves = NO_LEAVES;
  arrays = NO_ARRAYS;

  add(leaf: Leaf): void {
    if (this.leaves === NO_LEAVES) this.leaves = [leaf];
    else this.leaves.push(leaf);
  }

  grow(array: number, element: number, inner: GrowingBranch): void {
    if (this.arrays === NO_ARRAYS) this.arrays = new Map();
    const elements = this.arrays.get(array);
    if (elements) elements.set(element, inner);
    else this.arrays.set(array, new Map([[element, inner]]));
  }
}

/** Linear in the values times the depth of arrays in arrays. */
export function branchesOf(first: Leaf | undefined, positions: Positions): Branch {
  const root = new GrowingBranch();
  const branches = new Map([[NOWHERE, root]]);
  for (let leaf = first; leaf; leaf = leaf.next) branchAt(leaf.position, branches, positions).add(leaf);
  return root;
}

/** The branch of a position, made where there is none yet, with those around it. */
function branchAt(
  position: number,
  branches: Map<number, GrowingBranch>,
  positions: Positions,
): GrowingBranch {
  const missing: number[] = [];
  let at = position;
  for (; !branches.has(at); at = positions.parentOf(at)) missing.push(at);
  let branch = branches.get(at)!;
  for (let next = missing.pop(); next !== undefined; next = missing.pop()) {
    const inner = new GrowingBranch();
    branch.grow(positions.arrayOf(next), next, inner);
    branches.set(next, inner);
    branch = inner;
  }
  return branch;
}
