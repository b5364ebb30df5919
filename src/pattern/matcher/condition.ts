import type { Condition as ParsedCondition } from '../pattern.ts';
import { compileChoices, type Test } from './choice-test.ts';
import { type Access, accessOf, type Entry, EXACT, entryOf } from './entry.ts';
import type { Field } from './field.ts';

/** No value meets it. */
export const UNMET = 0;
/** A value meets it, or the path has no value and that is what it asks for. */
export const MET = 1;
/** No value meets it, but in some element of an array the path may have no value, which would meet it. */
export const PERHAPS = 2;
export type State = typeof UNMET | typeof MET | typeof PERHAPS;

/** A condition on one field, shared by all patterns that contain it. What it knows of an event is kept in it. */
export class Condition {
  /** Numbers the conditions of one matcher; used again once a condition is gone. */
  readonly id: number;
  readonly field: Field;
  /** The choices in canonical form. */
  readonly key: string;
  readonly accepts: Test;
  /** Whether `exists: false` is among the choices. */
  readonly absence: boolean;
  readonly entries: readonly Entry[];
  readonly access: Access;
  /** Alternatives that contain the condition. */
  uses = 0;
  /** The number of the event that `state` is about. */
  stamp = 0;
  state: State = UNMET;

  constructor(id: number, field: Field, key: string, { choices }: ParsedCondition) {
    this.id = id;
    this.field = field;
    this.key = key;
    this.accepts = compileChoices(choices);
    this.absence = choices.some((choice) => choice.kind === 'exists' && !choice.value);
    this.entries = choices.map(entryOf);
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
