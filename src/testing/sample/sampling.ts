import type { JsonValue } from '../../json/value.ts';
import type { Formula } from '../../sets/formula.ts';
import type { Dice } from './dice.ts';

/** What the draws for one type ask of the whole. */
export interface Sampling {
  readonly dice: Dice;
  /** How many objects and lists stand around. */
  readonly depth: number;
  /** Whether values are to be small from here on. */
  readonly tired: boolean;
  /** A random member of a set; undefined if none was found. `name` is that of the member it will stand under. */
  sample(goal: Formula, name?: string): JsonValue | undefined;
}
