import type { Choice, Condition as ParsedCondition } from '../pattern.ts';
import type { Branch } from './branches.ts';
import { compileChoices, plainString, type Test } from './choice-test.ts';
import { type Access, accessOf, type Entry, EXACT, entryOf } from './entry.ts';
import type { Event } from './event.ts';

/** No value meets it. */
export const UNMET = 0;
/** A value meets it, or the path has no value and that is what it asks for. */
export const MET = 1;
/** No value meets it, but in some element of an array the path may have no value, which would meet it. */
export const PERHAPS = 2;
export type State = typeof UNMET | typeof MET | typeof PERHAPS;

/** What a condition and those who ask it need of the field it is about; see Field. */
export interface ConditionField {
  readonly path: string;
  readonly slot: number;
  readonly distinct: number;
  state(condition: Condition, event: Event): State;
  exactHits(event: Event): readonly number[];
  hits(event: Event): readonly number[];
  hasPositions(event: Event): boolean;
  branches(event: Event): Branch;
}

/** A condition on one field, shared by all patterns that contain it. What it knows of an event is kept in it. */
export class Condition {
  /** Numbers the conditions of one matcher; used again once a condition is gone. */
  readonly id: number;
  readonly field: ConditionField;
  /** The choices in canonical form. */
  readonly key: string;
  readonly accepts: Test;
  /** Whether `exists: false` is among the choices. */
  readonly absence: boolean;
  readonly entries: readonly Entry[];
  /** The number of tests that `accepts` makes at most. */
  readonly tests: number;
  readonly access: Access;
  /** Alternatives that contain the condition. */
  uses = 0;
  /** The number of the event that `state` is about. */
  stamp = 0;
  state: State = UNMET;

  constructor(id: number, field: ConditionField, key: string, { choices }: ParsedCondition) {
    this.id = id;
    this.field = field;
    this.key = key;
    this.accepts = compileChoices(choices);
    this.absence = choices.some((choice) => choice.kind === 'exists' && !choice.value);
    this.entries = choices.map(entryOf);
    this.tests = countTests(choices);
    let worst: number = EXACT;
    for (const entry of this.entries) worst = Math.max(worst, accessOf(entry));
    this.access = worst as Access;
  }

  /** A guess at how often a value of the field is accepted: the rarest condition of an alternative is asked first. */
  get likelihood(): number {
    if (this.absence) return 1;
    const { distinct } = this.field;
    let sum = 0;
    for (const entry of this.entries) {
      if (entry.index === 'tested') sum += entry.likelihood;
      else sum += accessOf(entry) === EXACT ? 1 / Math.max(distinct, 2) : 0.2;
    }
    return Math.min(sum, 1);
  }
}

/** Plain values, however many, are looked up at once; all else is tried in turn. */
function countTests(choices: readonly Choice[]): number {
  let tests = 1;
  for (const choice of choices) {
    if (choice.kind !== 'anything-but') tests += plainString(choice) === undefined ? 1 : 0;
    else tests += choice.of.kind === 'strings' || choice.of.kind === 'numbers' ? 1 : choice.of.values.length;
  }
  return tests;
}
