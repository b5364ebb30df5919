import type { ClassCode, FunctionCode } from './tree.ts';

/** What an expression may be: any of these. Empty: it never comes to a value. */
export type Value = readonly Atom[];

export type Atom =
  /** Text with holes. */
  | { readonly kind: 'text'; readonly text: string }
  /** `base`: it stands where no number was received, and was this before anything was added. */
  | { readonly kind: 'number'; readonly number: number; readonly base?: number }
  /** `null` stands for undefined and None too. */
  | { readonly kind: 'constant'; readonly value: boolean | null }
  | { readonly kind: 'object'; readonly object: Thing }
  | { readonly kind: 'list'; readonly list: List }
  | { readonly kind: 'function'; readonly closure: Closure }
  | { readonly kind: 'class'; readonly type: ClassValue }
  | { readonly kind: 'module'; readonly path: string }
  /** Something of the language or of a package: `npm:@aws-sdk/client-sqs.SQSClient()`. */
  | {
      readonly kind: 'native';
      readonly path: string;
      readonly of?: Value;
      /** Of `super`: the class it stands in. */
      readonly home?: ClassValue;
    }
  /** The JSON text of a value. */
  | { readonly kind: 'json'; readonly of: Value }
  /** A part of what the handler received; `plus`: a number more than that. */
  | { readonly kind: 'received'; readonly path: readonly string[]; readonly plus?: number }
  /** True or false, and what either tells of the chain depth. */
  | { readonly kind: 'test'; readonly whenTrue?: Below; readonly whenFalse?: Below }
  | { readonly kind: 'unknown'; readonly what: string };

/** The received chain depth is below this; the place is that of the test that tells. */
export interface Below extends Place {
  readonly depth: number;
}

/** A place that holds a value: a variable, a field. */
export class Cell {
  value: Value;
  constructor(value: Value) {
    this.value = value;
  }
}

/** A part of a file of the project. */
export interface Place {
  readonly module: string;
  readonly at: number;
  readonly end: number;
}

/** An object as some expression makes it. */
export class Thing {
  readonly fields = new Map<string, Cell>();
  /** Functions that give a field's value when it is asked for. */
  readonly getters = new Map<string, Value>();
  /** What may stand under any other key. */
  readonly others = new Cell([]);
  type: ClassValue | undefined;
  /** Where the source has it: for an object made of another by spreading, that one. */
  place: Place | undefined;
  /** What was known of the received depth where it was made. */
  below: Below | undefined;
  /** A `Map` of JavaScript: its keys are no members. */
  readonly map: boolean;
  constructor(type?: ClassValue, place?: Place, map = false) {
    this.type = type;
    this.place = place;
    this.map = map;
  }
}

export class List {
  /** Any of its elements. */
  readonly elements: Cell;
  /** The elements in order, as long as nothing was added. */
  fixed: readonly Value[] | undefined;
  constructor(elements: Value, fixed?: readonly Value[]) {
    this.elements = new Cell(elements);
    this.fixed = fixed;
  }
}

export interface Closure {
  readonly code: FunctionCode;
  readonly scope: Scope;
  readonly self: Value | undefined;
  readonly module: string;
  /** The class that a method is written in: where `super` begins. */
  readonly home?: ClassValue;
  /** Arguments it was given in advance. */
  readonly bound?: Given;
}

/** Arguments by place and by name. */
export interface Given {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
}

export interface ClassValue {
  readonly code: ClassCode;
  readonly scope: Scope;
  readonly module: string;
  readonly base: Value;
  /** Static members. */
  readonly shared: Thing;
}

export class Scope {
  private readonly cells = new Map<string, Cell>();
  readonly parent: Scope | undefined;
  /** Whether it is the outermost of a function or module: where Python binds its variables. */
  readonly own: boolean;
  readonly wild: ((name: string) => Value | undefined)[] = [];
  constructor(parent: Scope | undefined, own: boolean) {
    this.parent = parent;
    this.own = own;
  }

  find(name: string): Cell | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      const cell = scope.cells.get(name);
      if (cell) return cell;
    }
    return undefined;
  }

  /** The cell of a variable of this very scope, made when it is not there. */
  declare(name: string): Cell {
    const known = this.cells.get(name);
    if (known) return known;
    const cell = new Cell([]);
    this.cells.set(name, cell);
    return cell;
  }

  /** A name that some `import *` brings here. */
  star(name: string): Value | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      for (const find of scope.wild) {
        const value = find(name);
        if (value) return value;
      }
    }
    return undefined;
  }

  /** The scope of the function or module it is in. */
  function(): Scope {
    let scope: Scope = this;
    while (!scope.own && scope.parent) scope = scope.parent;
    return scope;
  }
}

/** More alternatives than this are as good as nothing known. */
const maxAtoms = 60;

export const nothing: Value = [{ kind: 'constant', value: null }];

export function unknown(what: string): Value {
  return [{ kind: 'unknown', what }];
}

export function text(value: string): Value {
  return [{ kind: 'text', text: value }];
}

export function native(path: string): Value {
  return [{ kind: 'native', path }];
}

/** Either of two values, without repetitions. */
export function join(...values: readonly Value[]): Value {
  const [first, ...others] = values.filter(({ length }) => length > 0);
  if (!first || others.length === 0) return first ?? [];
  const atoms: Atom[] = [...first];
  for (const atom of others.flat()) if (!atoms.some((known) => same(known, atom))) atoms.push(atom);
  return atoms.length > maxAtoms ? unknown('one of many values') : atoms;
}

function same(a: Atom, b: Atom): boolean {
  if (a === b) return true;
  switch (a.kind) {
    case 'text':
      return b.kind === 'text' && a.text === b.text;
    case 'number':
      return b.kind === 'number' && a.number === b.number && a.base === b.base;
    case 'constant':
      return b.kind === 'constant' && a.value === b.value;
    case 'object':
      return b.kind === 'object' && a.object === b.object;
    case 'list':
      return b.kind === 'list' && a.list === b.list;
    case 'function':
      return b.kind === 'function' && a.closure === b.closure;
    case 'class':
      return b.kind === 'class' && a.type === b.type;
    case 'module':
      return b.kind === 'module' && a.path === b.path;
    case 'native':
      return b.kind === 'native' && a.path === b.path && a.of === b.of;
    case 'json':
      return b.kind === 'json' && a.of === b.of;
    case 'received':
      return b.kind === 'received' && a.plus === b.plus && a.path.join('/') === b.path.join('/');
    case 'test':
      return b.kind === 'test' && a.whenTrue === b.whenTrue && a.whenFalse === b.whenFalse;
    case 'unknown':
      return b.kind === 'unknown' && a.what === b.what;
  }
}
