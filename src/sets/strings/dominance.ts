import { plainlyInside } from './subset.ts';
import type { Language } from './term.ts';

/** A state of a search, as far as one may be as good as another. */
export interface Rival {
  readonly term: Language;
  readonly from: number;
  readonly to: number;
  readonly depth: number;
  readonly cost: number;
}

/** States that differ in counters only are compared with this many of their kind. */
const COMPARED = 6;

/**
 * Remembers states and recognises those that another one makes superfluous: everything that can be reached from
 * them can be reached from the other, no later. Keeps `x{0,100}y` from being walked through for each counter.
 */
export class Dominance {
  private readonly kinds = new Map<string, Rival[]>();

  /** Whether an earlier state makes this one superfluous; if not, it is remembered. */
  superfluous(state: Rival): boolean {
    const kind = shapeOf(state.term);
    if (kind === undefined) return false;
    const known = this.kinds.get(kind);
    if (!known) {
      this.kinds.set(kind, [state]);
      return false;
    }
    if (known.some((other) => isBetter(other, state))) return true;
    if (known.length < COMPARED) known.push(state);
    return false;
  }
}

function isBetter(other: Rival, state: Rival): boolean {
  return (
    other.cost <= state.cost &&
    other.depth <= state.depth &&
    other.from <= other.depth &&
    other.to >= state.to &&
    other.term !== state.term &&
    plainlyInside(state.term, other.term)
  );
}

/** The term without its counters; undefined if it has none in front. */
function shapeOf(term: Language): string | undefined {
  if (term.kind === 'repeat') return `r${term.inner.id}`;
  if (term.kind === 'concat' && term.first.kind === 'repeat')
    return `r${term.first.inner.id}.${term.rest.id}`;
  if (term.kind === 'complement') {
    const inner = shapeOf(term.inner);
    return inner && `!${inner}`;
  }
  if (term.kind !== 'intersection') return undefined;
  let counters = false;
  const shapes = term.items.map((item) => {
    const shape = shapeOf(item);
    counters ||= shape !== undefined;
    return shape ?? String(item.id);
  });
  return counters ? shapes.sort().join('&') : undefined;
}
