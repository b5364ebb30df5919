import { canonicalJson } from '../json/value.ts';
import { FALSE, type Formula } from './formula.ts';
import { and } from './junction.ts';
import { restrict } from './restrict.ts';
import { OBJECT } from './types.ts';

/**
 * Whether two sets are seen at once to have no common member: by their types, or, if both have objects only, by a
 * member that both list the values of and one of them requires. False says nothing.
 */
export function excludeEachOther(a: Formula, b: Formula): boolean {
  const [left, right] = [tagsOf(a), tagsOf(b)];
  if (!left || !right) return a.kind !== 'lazy' && b.kind !== 'lazy' && and(a, b) === FALSE;
  for (const [name, tag] of left) {
    const other = right.get(name);
    if (other && (tag.required || other.required) && !haveCommon(tag.texts, other.texts)) return true;
  }
  return false;
}

/** The values that a member may have, as texts. */
interface Tag {
  readonly texts: ReadonlySet<string>;
  readonly required: boolean;
}

const known = new WeakMap<Formula, ReadonlyMap<string, Tag> | null>();

/** The members of which a set of objects lists the values; undefined if it has other values than objects. */
function tagsOf(formula: Formula): ReadonlyMap<string, Tag> | undefined {
  const before = known.get(formula);
  if (before !== undefined) return before ?? undefined;
  // What leads back to itself is looked into once.
  known.set(formula, null);
  const inner = formula.kind === 'lazy' ? formula.unfold() : formula;
  if (inner.can !== OBJECT) return undefined;
  const tags = collect(restrict(inner, OBJECT));
  known.set(formula, tags);
  return tags;
}

function collect(formula: Formula): ReadonlyMap<string, Tag> {
  const required = new Set<string>();
  const texts = new Map<string, ReadonlySet<string>>();
  for (const part of formula.kind === 'and' ? formula.parts : [formula]) {
    if (part.kind === 'some' && part.names.single !== undefined) required.add(part.names.single);
    if (part.kind !== 'each' || part.names.single === undefined) continue;
    const { of, names } = part;
    const list = (of.kind === 'and' ? of.parts : [of]).find(({ kind }) => kind === 'values');
    if (list?.kind === 'values' && !list.negated)
      texts.set(names.single!, new Set(list.values.map(canonicalJson)));
  }
  return new Map([...texts].map(([name, set]) => [name, { texts: set, required: required.has(name) }]));
}

function haveCommon(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const text of a) if (b.has(text)) return true;
  return false;
}
