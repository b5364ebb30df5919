import { FALSE, type Formula, TRUE } from '../../sets/formula.ts';
import { and, typeIs } from '../../sets/junction.ts';
import { restrict } from '../../sets/restrict.ts';
import type { TypeBit } from '../../sets/types.ts';
import type { Dice } from './dice.ts';
import { surelyEmpty } from './simplest.ts';

/** Alternatives looked at for one value. */
const MOST_FORKS = 400;
/** References unfolded without anything between them. */
const MOST_UNFOLDED = 60;

interface Split {
  readonly atoms: ReadonlySet<Formula>;
  readonly choices: readonly (Formula & { kind: 'or' })[];
}

/**
 * One of every alternative of a formula restricted to one type, at random, such that they go together: a list of
 * atoms. Undefined if none was found.
 */
export function chooseAtoms(goal: Formula, type: TypeBit, dice: Dice): readonly Formula[] | undefined {
  let forks = MOST_FORKS;
  const decide = (atoms: ReadonlySet<Formula>, choices: Split['choices']): readonly Formula[] | undefined => {
    const [choice, ...others] = choices;
    if (!choice) return [...atoms];
    for (const part of dice.shuffled(choice.parts)) {
      if (forks-- <= 0) return undefined;
      const more = split([part], type);
      if (!more) continue;
      const together = new Set([...atoms, ...more.atoms]);
      const whole = and(typeIs(type), ...together);
      if (whole === FALSE || (choice.parts.length > 1 && surelyEmpty(whole))) continue;
      const found = decide(together, [...others, ...more.choices]);
      if (found) return found;
    }
    return undefined;
  };
  const start = split([goal], type);
  if (!start) return undefined;
  const ordered = [...start.choices].sort((a, b) => a.parts.length - b.parts.length);
  return decide(start.atoms, ordered);
}

/** Atoms and alternatives of a conjunction, references unfolded; undefined if a part is empty. */
function split(parts: readonly Formula[], type: TypeBit): Split | undefined {
  const atoms = new Set<Formula>();
  const choices: (Formula & { kind: 'or' })[] = [];
  const todo = [...parts];
  const seen = new Set<Formula>();
  let unfolded = 0;
  for (let part = todo.pop(); part; part = todo.pop()) {
    if (part === FALSE) return undefined;
    if (part === TRUE || seen.has(part)) continue;
    seen.add(part);
    // In the order of the parts, which mostly is that of the schema's text.
    if (part.kind === 'and') todo.push(...part.parts.toReversed());
    else if (part.kind === 'or') choices.push(part as Formula & { kind: 'or' });
    else if (part.kind === 'lazy') {
      if (unfolded++ > MOST_UNFOLDED) return undefined;
      todo.push(restrict(part, type));
    } else if (part.kind !== 'type') atoms.add(part);
    else if ((part.mask & type) === 0) return undefined;
  }
  return { atoms, choices };
}
