import type { JsonValue } from '../../json/value.ts';
import { FALSE, type Formula, TRUE } from '../../sets/formula.ts';
import { and, typeIs } from '../../sets/junction.ts';
import { restrict } from '../../sets/restrict.ts';
import { ARRAY, BOOLEAN, NULL, NUMBER, OBJECT, STRING, type TypeBit } from '../../sets/types.ts';
import { chooseAtoms } from './choose-atoms.ts';
import type { Dice } from './dice.ts';
import { sampleArray } from './sample-array.ts';
import { sampleNumber } from './sample-number.ts';
import { sampleObject } from './sample-object.ts';
import { sampleString } from './sample-string.ts';
import type { Sampling } from './sampling.ts';
import { simplest } from './simplest.ts';

/** Values inside each other; deeper ones are the simplest there are. */
const DEEPEST = 12;
/** Random alternatives tried before the simplest member is taken. */
const TRIES = 3;
/** Values of one sample that are made up; further ones are the simplest there are. */
const MOST_VALUES = 250;

/** Types in the order of how often they are drawn where any will do. */
const WEIGHTED: readonly (readonly [type: TypeBit, weight: number])[] = [
  [STRING, 5],
  [NUMBER, 4],
  [BOOLEAN, 2],
  [NULL, 1],
  [OBJECT, 2],
  [ARRAY, 2],
];

/**
 * Draws random members of a set: alternatives, members, items, texts and numbers at random, each from what is left of
 * the set at its place. Where a draw leads nowhere, the algebra's own member is taken: nothing is tried for ever.
 */
export class Sampler implements Sampling {
  readonly dice: Dice;
  depth = 0;
  private left = MOST_VALUES;

  constructor(dice: Dice) {
    this.dice = dice;
  }

  /** A member; undefined if none was found. `name` is that of the member it will stand under, for texts that fit. */
  sample(goal: Formula, name?: string): JsonValue | undefined {
    if (goal === FALSE) return undefined;
    if (this.left-- <= 0 || this.depth > DEEPEST) return simplest(goal);
    for (const type of this.types(goal)) {
      const left = restrict(goal, type);
      if (left === FALSE) continue;
      const value = this.ofType(left, type, name);
      if (value !== undefined) return value;
    }
    return simplest(goal);
  }

  /** Whether values are to be small from here on. */
  get tired(): boolean {
    return this.left < MOST_VALUES / 4 || this.depth > DEEPEST / 2;
  }

  private types(goal: Formula): TypeBit[] {
    const open = WEIGHTED.filter(([type]) => (goal.can & type) !== 0);
    if (open.length <= 1) return open.map(([type]) => type);
    // Where anything goes, deep inside, plain values do.
    const flat = goal === TRUE && this.depth > 2;
    const drawn = open.map(([type, weight]) => {
      const nested = type === OBJECT || type === ARRAY;
      const share = nested && (flat || this.tired) ? weight / 100 : weight;
      return { type, rank: this.dice.unit() ** (1 / share) };
    });
    return drawn.sort((a, b) => b.rank - a.rank).map(({ type }) => type);
  }

  private ofType(goal: Formula, type: TypeBit, name: string | undefined): JsonValue | undefined {
    switch (type) {
      case NULL:
        return simplest(and(typeIs(NULL), goal));
      case BOOLEAN:
        return this.boolean(goal);
      case NUMBER:
        return sampleNumber(goal, this.dice);
      case STRING:
        return sampleString(goal, this.dice, name);
      default:
        return this.nested(goal, type);
    }
  }

  private boolean(goal: Formula): JsonValue | undefined {
    if (goal === TRUE) return this.dice.chance(0.5);
    return simplest(and(typeIs(BOOLEAN), goal));
  }

  private nested(goal: Formula, type: TypeBit): JsonValue | undefined {
    for (let i = 0; i < TRIES; i++) {
      const atoms = chooseAtoms(goal, type, this.dice);
      if (!atoms) break;
      this.depth++;
      const value = type === OBJECT ? sampleObject(atoms, this) : sampleArray(atoms, this);
      this.depth--;
      if (value !== undefined) return value;
    }
    return simplest(and(typeIs(type), goal));
  }
}
