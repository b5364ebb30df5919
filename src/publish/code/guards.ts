import type { Atom, Below, Value } from './values.ts';

/**
 * What is known of the received event's chain depth where evaluation stands: below which depth it surely is. It only
 * says so where a test of the code has told; what is not understood tells nothing.
 */
export class Guards {
  below: Below | undefined;
  private readonly field: string;

  constructor(field: string) {
    this.field = field;
  }

  /** From here on the depth is known to be below this, too. */
  assume(below: Below | undefined): void {
    this.below = lower(this.below, below);
  }

  /** Runs something that may or may not run: what it learns is forgotten. */
  apart<T>(below: Below | undefined, run: () => T): T {
    const before = this.below;
    this.assume(below);
    try {
      return run();
    } finally {
      this.below = before;
    }
  }

  /** `left < right`, `left <= right` as a value that may be tested. */
  comparison(sign: string, left: Value, right: Value, place: Omit<Below, 'depth'>): Value {
    const flipped = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }[sign];
    const limit = numberOf(right);
    if (limit !== undefined) return this.tested(sign, left, limit, place);
    const other = numberOf(left);
    return other !== undefined && flipped ? this.tested(flipped, right, other, place) : unsure;
  }

  private tested(sign: string, value: Value, limit: number, place: Omit<Below, 'depth'>): Value {
    // `depth < 3` and `depth >= 3` speak of 3, `depth <= 3` and `depth > 3` of 4.
    const bound = sign === '<' || sign === '>=' ? limit : limit + 1;
    const depth = this.bounded(value, bound);
    if (depth === undefined) return unsure;
    const below = { ...place, depth };
    return [{ kind: 'test', ...(sign.startsWith('<') ? { whenTrue: below } : { whenFalse: below }) }];
  }

  /** Below which depth the received event is, if the value is below the bound. */
  private bounded(value: Value, bound: number): number | undefined {
    let depth: number | undefined;
    for (const atom of value) {
      if (atom.kind === 'received' && this.isDepth(atom.path))
        depth = Math.max(depth ?? 0, bound - (atom.plus ?? 0));
      // A number that stands in for none received; one that is not below the bound cannot have been.
      else if (atom.kind === 'number' && (atom.base !== undefined || atom.number >= bound)) continue;
      else if (atom.kind === 'constant' && atom.value === null) continue;
      else return undefined;
    }
    return depth !== undefined && Number.isInteger(depth) && depth > 0 ? depth : undefined;
  }

  /** Whether the chain depth stands under this name. */
  counts(name: string): boolean {
    return name === this.field;
  }

  /** The depth of the event itself, or of each of several, not of a certain one among them. */
  isDepth(path: readonly string[]): boolean {
    return path.at(-1) === this.field && path.at(-2) === 'detail' && !path.some((part) => /^\[\d/.test(part));
  }
}

const unsure: Value = [{ kind: 'unknown', what: 'a value' }];

/** What the depth is below when the value turns out true, or false. */
export function limitOf(value: Value, when: boolean): Below | undefined {
  let limit: Below | undefined;
  for (const atom of value) {
    if (atom.kind === 'constant' && (atom.value === true) !== when) continue;
    const below = atom.kind === 'test' ? (when ? atom.whenTrue : atom.whenFalse) : undefined;
    if (!below) return undefined;
    limit = higher(limit, below);
  }
  return limit;
}

/** A value that tells no more than the two limits; undefined when there is none. */
export function testOf(whenTrue: Below | undefined, whenFalse: Below | undefined): Value | undefined {
  if (!whenTrue && !whenFalse) return undefined;
  return [{ kind: 'test', ...(whenTrue ? { whenTrue } : {}), ...(whenFalse ? { whenFalse } : {}) }];
}

export function lower(a: Below | undefined, b: Below | undefined): Below | undefined {
  return a && b ? (b.depth < a.depth ? b : a) : (a ?? b);
}

export function higher(a: Below | undefined, b: Below): Below {
  return a && a.depth >= b.depth ? a : b;
}

/** The limit of both; undefined when one is not known. */
export function bothOf(a: Below | undefined, b: Below | undefined): Below | undefined {
  return a && b ? higher(a, b) : undefined;
}

export function isTruth({ kind }: Atom): boolean {
  return kind === 'test' || kind === 'constant' || kind === 'unknown';
}

/** The highest number a value may be; undefined if it may be anything else. */
function numberOf(value: Value): number | undefined {
  const numbers = value.map((atom) => {
    if (atom.kind === 'number') return atom.number;
    return atom.kind === 'text' && /^\d{1,9}$/.test(atom.text) ? Number(atom.text) : Number.NaN;
  });
  const most = Math.max(...numbers);
  return numbers.length > 0 && Number.isFinite(most) ? most : undefined;
}

/** Numbers that stand where no number was received. */
export function standingIn(value: Value): Value {
  return value.map((atom) => (atom.kind === 'number' ? { ...atom, base: atom.base ?? atom.number } : atom));
}

/** `a ?? 0`: numbers stand in for what was not received. */
export function otherwise(first: Value, second: Value): Value {
  return first.some(({ kind }) => kind === 'received') ? standingIn(second) : second;
}
