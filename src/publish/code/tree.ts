/**
 * The part of a program that matters here, the same for every language: values and where they flow. Types, operators
 * and control flow are gone but for what may run or may not.
 */
export type Expression = { readonly at: number; readonly end: number } & (
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'constant'; readonly value: boolean | null }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'self' }
  /** The parts as one text. */
  | { readonly kind: 'join'; readonly parts: readonly Expression[] }
  | { readonly kind: 'sum'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'member'; readonly of: Expression; readonly key: Expression }
  | {
      readonly kind: 'call';
      readonly callee: Expression;
      readonly args: readonly Argument[];
      readonly creates: boolean;
    }
  | { readonly kind: 'object'; readonly members: readonly ObjectMember[] }
  | { readonly kind: 'array'; readonly items: readonly Argument[] }
  | { readonly kind: 'function'; readonly code: FunctionCode }
  | { readonly kind: 'class'; readonly code: ClassCode }
  /** One of several values: `a ? b : c`. */
  | {
      readonly kind: 'choice';
      readonly test: Expression;
      readonly choices: readonly [Expression, Expression];
    }
  /** The first if it is there, else the second: `a ?? b`, `a || b`. */
  | { readonly kind: 'fallback'; readonly first: Expression; readonly second: Expression }
  /** `a && b`. */
  | { readonly kind: 'both'; readonly first: Expression; readonly second: Expression }
  | { readonly kind: 'not'; readonly value: Expression }
  /** `a < b`, `a <= b`, `a > b`, `a >= b`. */
  | {
      readonly kind: 'compare';
      readonly sign: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  /**
   * Whether there is a value, or a number: `a !== undefined`, `typeof a === 'number'`, `Number.isInteger(a)`. `when`: what
   * the answer is where the value is there; undefined where more is asked than that.
   */
  | { readonly kind: 'presence'; readonly of: Expression; readonly when?: boolean }
  /** The names of an object's members: `for (name in object)`. */
  | { readonly kind: 'keys'; readonly of: Expression }
  | { readonly kind: 'assign'; readonly target: Pattern; readonly value: Expression }
  /** Some element of what can be iterated. */
  | { readonly kind: 'element'; readonly of: Expression }
  /** Steps, then a value: comprehensions and the like. */
  | { readonly kind: 'steps'; readonly steps: readonly Step[]; readonly value: Expression }
  | { readonly kind: 'module'; readonly from: string }
  /** What a generator gives: one value, or all of what can be iterated. */
  | { readonly kind: 'yield'; readonly value: Expression; readonly all: boolean }
  /** Nothing is known of the value; the parts are evaluated. */
  | { readonly kind: 'opaque'; readonly parts: readonly Expression[] }
);

export interface Argument {
  readonly value: Expression;
  /** `...list` or `*list`; for calls also `**object`. */
  readonly spread?: 'list' | 'object';
  /** A keyword argument's name. */
  readonly name?: string;
}

export type ObjectMember =
  | { readonly key: Expression; readonly value: Expression; readonly getter?: boolean }
  | { readonly spread: Expression };

/** What a value is bound to. */
export type Pattern =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'place'; readonly of: Expression; readonly key: Expression }
  | {
      readonly kind: 'fields';
      readonly fields: readonly { key: Expression; target: Pattern }[];
      readonly rest?: Pattern;
    }
  | { readonly kind: 'items'; readonly items: readonly (Pattern | undefined)[]; readonly rest?: Pattern }
  | { readonly kind: 'defaulted'; readonly target: Pattern; readonly value: Expression }
  | { readonly kind: 'nothing' };

export interface Parameter {
  readonly target: Pattern;
  /** Its name, for keyword arguments. */
  readonly name?: string;
  readonly rest?: 'list' | 'object';
  /** TypeScript: the argument becomes a field of the new object too. */
  readonly field?: string;
  /** TypeScript: the name of its type, if it has one. */
  readonly type?: string;
}

export interface FunctionCode {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** Read when it is first called: most functions of a large file never are. */
  readonly body: () => readonly Step[];
  readonly at: number;
  /** `this` is that of the surroundings. */
  readonly arrow: boolean;
  readonly async: boolean;
}

export interface ClassCode {
  readonly name: string;
  readonly base?: Expression;
  readonly methods: readonly { name: string; code: FunctionCode; getter: boolean; shared: boolean }[];
  readonly fields: readonly { name: string; value: Expression | undefined; shared: boolean }[];
  readonly at: number;
}

export type Step =
  | { readonly kind: 'do'; readonly value: Expression }
  | {
      readonly kind: 'bind';
      readonly target: Pattern;
      readonly value: Expression;
      readonly declares: boolean | 'function';
    }
  | { readonly kind: 'return'; readonly value: Expression | undefined }
  /** Goes somewhere else: an exception leaves the function, a jump the round of a loop. */
  | { readonly kind: 'leave'; readonly how: 'throw' | 'jump'; readonly value?: Expression }
  | { readonly kind: 'block'; readonly steps: readonly Step[] }
  /** A function or class that is there before the steps run. */
  | { readonly kind: 'define'; readonly name: string; readonly value: Expression; readonly hoisted: boolean }
  /** Each may run or not; `own` blocks have their own variables. */
  | {
      readonly kind: 'branches';
      readonly branches: readonly (readonly Step[])[];
      /** What each branch runs under, after the tests before it turned out false; the last may have none. */
      readonly tests?: readonly Expression[];
      readonly own: boolean;
      readonly always: boolean;
      /** The body of a loop: taken to run at least once. */
      readonly loop?: true;
    }
  | {
      readonly kind: 'import';
      readonly from: string;
      readonly names: readonly ImportedName[];
      readonly at: number;
    }
  /** The steps, once for each element where the elements are told apart. */
  | {
      readonly kind: 'each';
      readonly target: Pattern;
      readonly over: Expression;
      readonly steps: readonly Step[];
      readonly own: boolean;
    }
  | { readonly kind: 'export'; readonly name: string; readonly value: Expression }
  | { readonly kind: 'reexport'; readonly from: string; readonly names: readonly ImportedName[] };

/** `imported`: a name, or `*` for the module itself. */
export interface ImportedName {
  readonly imported: string;
  readonly local: string;
}

export interface Program {
  readonly steps: readonly Step[];
  readonly language: 'javascript' | 'python';
  /** The place of the first syntax error: something near it may be missing from the steps. */
  readonly broken?: number;
}
