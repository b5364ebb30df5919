import type { Leaf } from './leaves.ts';
import { NOWHERE, type Positions } from './positions.ts';

/** The values of one path by the array elements they stand in, outermost array first. */
export interface Branch {
  readonly leaves: Leaf[];
  /** Array → element (a position) → what stands in it. */
  readonly arrays: Map<number, Map<number, Branch>>;
}

/** Linear in the values times the depth of arrays in arrays. */
export function branchesOf(first: Leaf | undefined, positions: Positions): Branch {
  const branches = new Map<number, Branch>();
  const root = newBranch();
  branches.set(NOWHERE, root);
  for (let leaf = first; leaf; leaf = leaf.next)
    branchAt(leaf.position, branches, positions).leaves.push(leaf);
  return root;
}

function newBranch(): Branch {
  return { leaves: [], arrays: new Map() };
}

/** The branch of a position, made where there is none yet, with those around it. */
function branchAt(position: number, branches: Map<number, Branch>, positions: Positions): Branch {
  const missing: number[] = [];
  let at = position;
  for (; !branches.has(at); at = positions.parentOf(at)) missing.push(at);
  let branch = branches.get(at)!;
  for (let next = missing.pop(); next !== undefined; next = missing.pop()) {
    const inner = newBranch();
    const array = positions.arrayOf(next);
    const elements = branch.arrays.get(array) ?? new Map<number, Branch>();
    branch.arrays.set(array, elements);
    elements.set(next, inner);
    branches.set(next, inner);
    branch = inner;
  }
  return branch;
}
