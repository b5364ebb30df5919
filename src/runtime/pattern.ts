import type { AnyContract, DetailOf } from './contract.ts';

type Json = null | boolean | number | string;

/** Operators for a text (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html). */
type TextOperator<T extends string> =
  | { readonly prefix: string | IgnoreCase }
  | { readonly suffix: string | IgnoreCase }
  | { readonly wildcard: string }
  | IgnoreCase
  | { readonly cidr: string }
  | {
      readonly 'anything-but':
        | T
        | readonly T[]
        | {
            readonly [Operator in 'prefix' | 'suffix' | 'wildcard' | 'equals-ignore-case']: OneKey<Operator>;
          }['prefix' | 'suffix' | 'wildcard' | 'equals-ignore-case'];
    };

type OneKey<Key extends string> = { readonly [K in Key]: string | readonly string[] };

interface IgnoreCase {
  readonly 'equals-ignore-case': string;
}

type Comparison = '<' | '<=' | '>' | '>=';
type NumberOperator<T extends number> =
  | {
      readonly numeric:
        | readonly ['=', number]
        | readonly [Comparison, number]
        | readonly [Comparison, number, Comparison, number];
    }
  | { readonly 'anything-but': T | readonly T[] };

type Exists = { readonly exists: boolean };

/** What may stand in the list of alternatives for a value of this type. */
type Alternative<T> =
  | Exists
  | (T extends string ? T | TextOperator<T> : never)
  | (T extends number ? T | NumberOperator<T> : never)
  | (T extends boolean ? T : never)
  | (T extends null ? null : never);

type Leaf<T> = unknown extends T
  ? Json | Exists | TextOperator<string> | NumberOperator<number>
  : Alternative<T>;

/** An array is looked into: its pattern is that of its items. */
type Item<T> = T extends readonly (infer Inner)[] ? Item<Inner> : T;

type ObjectsOf<T> = Extract<Item<T>, object>;
type LeavesOf<T> = Exclude<Item<T>, object>;

/** All names any member of a union has. */
type NamesOf<T> = T extends unknown ? keyof T : never;
type MemberOf<T, K extends PropertyKey> = T extends unknown
  ? K extends keyof T
    ? NonNullish<T[K]>
    : never
  : never;
type NonNullish<T> = Exclude<T, undefined>;

/** The pattern of a value: alternatives for a leaf, a pattern of the members for an object. */
export type ValuePattern<T> = unknown extends T
  ? readonly Leaf<unknown>[] | { readonly [name: string]: ValuePattern<unknown> }
  :
      | ([LeavesOf<T>] extends [never] ? readonly Exists[] : readonly Leaf<LeavesOf<T>>[])
      | ([ObjectsOf<T>] extends [never] ? never : MembersPattern<ObjectsOf<T>>);

export type MembersPattern<T> = {
  readonly [K in NamesOf<T>]?: ValuePattern<MemberOf<T, K>>;
} & { readonly $or?: readonly [MembersPattern<T>, MembersPattern<T>, ...MembersPattern<T>[]] };

/** A pattern for the events of one contract; source and detail-type are the contract's. */
export interface EventPatternInput<C extends AnyContract> {
  readonly detail?: MembersPattern<DetailOf<C>>;
  readonly account?: readonly Leaf<string>[];
  readonly region?: readonly Leaf<string>[];
  readonly time?: readonly Leaf<string>[];
  readonly resources?: readonly Leaf<string>[];
  readonly 'replay-name'?: readonly Leaf<string>[];
}

/** An event pattern as plain JSON, for CDK (`CfnRule`), SAM and Terraform alike. */
export interface EventPatternJson {
  readonly source: readonly string[];
  readonly 'detail-type': readonly string[];
  readonly [member: string]: unknown;
}

/** Makes event patterns of one contract. */
export type PatternFactory<C extends AnyContract> = (pattern?: EventPatternInput<C>) => EventPatternJson;

/** Makes the event pattern of a contract. */
export function patternOf<C extends AnyContract>(contract: C): PatternFactory<C> {
  return (pattern: EventPatternInput<C> = {}) => ({
    ...pattern,
    source: [contract.source],
    'detail-type': [contract.detailType],
  });
}
