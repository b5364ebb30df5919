import type { Machine } from './machine.ts';
import { concatenated } from './texts.ts';
import { join, List, unknown, type Value } from './values.ts';

/** `a + b`: lists one after the other, numbers added, anything else as text. */
export function sumOf(left: Value, right: Value, machine: Pick<Machine, 'hole'>): Value {
  const lists = [...left, ...right].flatMap((atom) => (atom.kind === 'list' ? [atom.list] : []));
  if (lists.length > 0) {
    const [first, second] = lists;
    const apart = left.length === 1 && right.length === 1 && lists.length === 2;
    const fixed = apart && first?.fixed && second?.fixed ? [...first.fixed, ...second.fixed] : undefined;
    return [{ kind: 'list', list: new List(join(...lists.map(({ elements }) => elements.value)), fixed) }];
  }
  const numbers = left.length > 0 && right.length > 0 && [...left, ...right].every(mayBeNumber);
  return numbers ? added(left, right) : concatenated([left, right], machine);
}

function mayBeNumber({ kind }: Value[number]): boolean {
  return kind === 'number' || kind === 'received' || kind === 'constant';
}

/** A known number more than a known or received one. */
function added(left: Value, right: Value): Value {
  const [only] = right;
  const step = right.length === 1 && only?.kind === 'number' ? only.number : undefined;
  if (step === undefined) return unknown('a sum');
  return join(
    ...left.map((atom): Value => {
      if (atom.kind === 'number') return [{ ...atom, number: atom.number + step }];
      return atom.kind === 'received' ? [{ ...atom, plus: (atom.plus ?? 0) + step }] : unknown('a sum');
    }),
  );
}
