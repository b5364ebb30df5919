import type { JsonObject, JsonValue } from '../json/value.ts';
import type { Formula } from '../sets/formula.ts';
import type { Dialect } from './dialect.ts';
import type { Place } from './library.ts';

/** What a keyword sees of the schema it stands in. */
export interface Site {
  readonly schema: JsonObject;
  readonly place: Place;
  readonly dialect: Dialect;
  readonly formatAssertion: boolean;
  /** The set of a schema inside this one; steps from this schema to it. */
  child(schema: JsonValue, ...steps: readonly string[]): Formula;
  /** The set of the schema that a reference means; the keyword says how it is looked up. */
  reference(reference: string, how: 'static' | 'dynamic' | 'recursive'): Formula;
  /** Which members (or items) the schema looks at, apart from the given keyword itself. */
  evaluatedMembers(): readonly EvaluatedMembers[] | undefined;
  evaluatedItems(): readonly EvaluatedItems[] | undefined;
  /** The value of the keyword is not what it must be: the schema is invalid. */
  invalid(keyword: string, expected: string): Formula;
  /** The schema is read in a way worth a warning. */
  remark(keyword: string, remark: string): void;
}

/** Under a condition: the members that are evaluated. */
export interface EvaluatedMembers {
  readonly when: Formula;
  readonly all: boolean;
  readonly listed: ReadonlySet<string>;
  /** Sources of regular expressions. */
  readonly patterns: ReadonlySet<string>;
}

/** Under a condition: items before `upTo` are evaluated, and those in one of the sets. */
export interface EvaluatedItems {
  readonly when: Formula;
  readonly upTo: number;
  readonly matching: readonly Formula[];
}

/** One keyword: what its value asks of an instance, as a set. */
export interface Keyword {
  readonly name: string;
  /** The first and the last dialect that has it; all, if not given. */
  readonly from?: Dialect;
  readonly until?: Dialect;
  compile(value: JsonValue, site: Site): Formula;
}
