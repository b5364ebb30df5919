import type { EventEnvelope } from './envelope.ts';
import type { StandardSchemaV1 } from './standard-schema.ts';

/** One thing that is wrong with a value, as the generated validators report it. */
export interface ValidatorError {
  /** JSON Pointer of the value. */
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A generated validator: says yes or no, and leaves what is wrong in `errors`. */
export interface Validator {
  (value: unknown): boolean;
  errors?: readonly ValidatorError[] | null;
}

/** Which members of `detail` carry the chain; a member that the schema has no room for is left out. */
export interface ChainFields {
  /** How many consumers the event has come through. */
  readonly depth?: string;
  /** `raw` from outside, `processed` once a foundation model had a part in it. */
  readonly stage?: string;
  /** The same for all events that follow from one. */
  readonly correlation?: string;
  /** The id of the event that this one follows from. */
  readonly causation?: string;
}

/**
 * An event type as generated code knows it. `Carried` names the members of `detail` that the runtime fills in.
 * It is a Standard Schema of `detail`, too.
 */
export interface EventContract<
  Source extends string = string,
  DetailType extends string = string,
  // biome-ignore lint/suspicious/noExplicitAny: a contract of whatever detail
  Detail = any,
  Carried extends string = string,
> extends StandardSchemaV1<Detail, Detail> {
  readonly source: Source;
  readonly detailType: DetailType;
  /** The bus the contract names; undefined where the connection says. */
  readonly bus: string | undefined;
  readonly validator: Validator;
  readonly fields: ChainFields;
  /** Type only: never set. */
  readonly carried?: Carried;
}

// biome-ignore lint/suspicious/noExplicitAny: a contract of whatever event type
export type AnyContract = EventContract<string, string, any, any>;

/** The `detail` of a contract. */
export type DetailOf<C> = C extends EventContract<string, string, infer Detail, string> ? Detail : never;

/** The events of a contract, or of each of several, as they are delivered. */
export type EventOfContract<C> =
  C extends EventContract<infer Source, infer DetailType, infer Detail, string>
    ? EventEnvelope<Source, DetailType, Detail>
    : never;

/** The members of `detail` that the runtime fills in. */
export type CarriedBy<C> = C extends { readonly carried?: infer Carried extends string } ? Carried : never;

/** A type without some of its members; unions stay unions and index signatures stay. */
export type Without<T, K extends PropertyKey> = T extends unknown
  ? { [P in keyof T as P extends K ? never : P]: T[P] }
  : never;

/** What a consumer hands over to publish: the chain is the runtime's business. */
export type Following<C> = Without<DetailOf<C>, CarriedBy<C>>;

/** What a publisher at the start of a chain hands over: the chain's members may be given, or are filled in. */
export type Starting<C> = WithOptional<DetailOf<C>, CarriedBy<C>>;

/** Each branch of a union by itself: an intersection of two unions would be every branch with every other. */
type WithOptional<T, K extends PropertyKey> = T extends unknown
  ? { [P in keyof T as P extends K ? never : P]: T[P] } & {
      readonly [P in keyof T as P extends K ? P : never]?: T[P];
    }
  : never;
