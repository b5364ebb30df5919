import type { JsonValue } from '../json/value.ts';
import { canonicalJson } from '../json/value.ts';
import { oneOf } from './atoms.ts';
import { allDifferent } from './evaluate.ts';
import { FALSE, type Formula } from './formula.ts';
import { and } from './junction.ts';
import { matchDistinct } from './matching.ts';
import { not } from './not.ts';
import { Attempts, type Found, found, type Member, NOTHING, type Search, undecided } from './search.ts';

/** Longer arrays are not built one item at a time. */
const MAX_ITEMS = 3000;
/** More different items than this are not enumerated for one array. */
const MAX_DIFFERENT = 300;

interface Span {
  readonly from: number;
  readonly to: number;
  readonly of: Formula;
}

/** What a conjunction of atoms asks of an array. */
interface Demands {
  readonly every: readonly Span[];
  /** Items that must exist; `group` numbers the demands of one lower bound, which need different positions. */
  readonly open: readonly (Span & { readonly group?: number })[];
  /** Upper bounds on the number of items in a set; a member of `open` with the same group counts towards it. */
  readonly capped: readonly { readonly of: Formula; readonly to: number; readonly group: number }[];
  readonly different: boolean;
  readonly equalPair: boolean;
  readonly from: number;
  readonly to: number;
}

/** Finds an array that satisfies a conjunction of atoms about arrays. */
export function solveArray(atoms: readonly Formula[], search: Search): Found {
  const demands = demandsOf(atoms);
  if (demands.from > demands.to || (demands.different && demands.equalPair)) return NOTHING;
  const attempts = new Attempts();
  const longest = longestUseful(demands);
  for (let length = demands.from; length <= Math.min(demands.to, longest); length++) {
    if (length > MAX_ITEMS) return undecided(`an array of ${length} items or more`);
    search.budget.spend('the length of an array', 1 + (length >> 3));
    const base = goalsOf(length, demands);
    const blocked = base.at(-1) === FALSE ? NOTHING : firstFailure(base, search);
    if (blocked?.answer === 'no') {
      attempts.add(blocked);
      // A longer array has the same goal at this place, and fails as well.
      break;
    }
    const result = place(base, demands, search);
    if (result.answer === 'yes') return result;
    attempts.add(result);
  }
  return attempts.result();
}

function demandsOf(atoms: readonly Formula[]): Demands {
  const every: Span[] = [];
  const open: (Span & { group?: number })[] = [];
  const capped: { of: Formula; to: number; group: number }[] = [];
  let from = 0;
  let to = Number.POSITIVE_INFINITY;
  let different = false;
  let equalPair = false;
  let group = 0;
  for (const atom of atoms) {
    switch (atom.kind) {
      case 'items':
        every.push(atom);
        break;
      case 'anyItem':
        open.push(atom);
        break;
      case 'size':
        from = Math.max(from, atom.from);
        to = Math.min(to, atom.to);
        break;
      case 'unique':
        if (atom.value) different = true;
        else equalPair = true;
        break;
      case 'counted':
        group++;
        if (atom.to < Number.POSITIVE_INFINITY) capped.push({ of: atom.of, to: atom.to, group });
        for (let i = 0; i < Math.min(atom.from, MAX_ITEMS + 1); i++) {
          open.push({ from: 0, to: Number.POSITIVE_INFINITY, of: atom.of, group });
        }
        from = Math.max(from, atom.from);
        break;
    }
  }
  return { every, open, capped, different, equalPair, from: equalPair ? Math.max(from, 2) : from, to };
}

/**
 * Positions from `uniform` on are all alike, so items there that no demand is placed in can be taken out: no array
 * longer than this is needed.
 */
function longestUseful({ every, open, equalPair, from }: Demands): number {
  let uniform = 0;
  for (const { from: first, to: last } of [...every, ...open]) {
    uniform = Math.max(uniform, first, last === Number.POSITIVE_INFINITY ? 0 : last + 1);
  }
  return Math.max(from, uniform + open.length + (equalPair ? 2 : 0));
}

function goalsOf(length: number, { every }: Demands): Formula[] {
  const goals: Formula[] = [];
  for (let i = 0; i < length; i++) {
    goals.push(and(...every.filter(({ from, to }) => from <= i && i <= to).map(({ of }) => of)));
  }
  return goals;
}

function firstFailure(goals: readonly Formula[], search: Search): Found | undefined {
  for (const goal of new Set(goals)) {
    const result = search.solve(goal);
    if (result.answer === 'no') return result;
  }
  return undefined;
}

/** Positions worth trying: of neighbours with the same goal and the same history one is enough. */
function positionsFor(
  goals: readonly Formula[],
  marks: readonly string[],
  from: number,
  to: number,
): number[] {
  const seen = new Set<string>();
  const positions: number[] = [];
  for (let i = from; i < goals.length && i <= to; i++) {
    const key = `${goals[i]!.id} ${marks[i]}`;
    // Ranges of other demands may still tell equal positions apart, so the mark holds those as well.
    if (seen.has(key)) continue;
    seen.add(key);
    positions.push(i);
  }
  return positions;
}

/** Puts every open demand at some position, then caps, then the pair of equals; complete by trying all of them. */
function place(base: readonly Formula[], demands: Demands, search: Search): Found {
  const marks = base.map((_, i) => rangesAt(i, demands));
  const step = (goals: readonly Formula[], groups: readonly string[], next: number): Found => {
    const demand = demands.open[next];
    if (!demand) return cap(goals, groups, demands, search);
    search.budget.spend('items that must exist');
    const attempts = new Attempts();
    const own = demand.group === undefined ? '' : `;${demand.group};`;
    const history = groups.map((group, i) => `${marks[i]} ${group}`);
    for (const i of positionsFor(goals, history, demand.from, demand.to)) {
      if (own !== '' && groups[i]!.includes(own)) continue;
      const goal = and(goals[i]!, demand.of);
      const result = search.solve(goal);
      if (result.answer !== 'yes') {
        attempts.add(result);
        continue;
      }
      const deeper = step(
        goals.with(i, goal),
        own === '' ? groups : groups.with(i, groups[i]! + own),
        next + 1,
      );
      if (deeper.answer === 'yes') return deeper;
      attempts.add(deeper);
    }
    return attempts.result();
  };
  return step(
    base,
    base.map(() => ''),
    0,
  );
}

/** Which demands with a range of their own concern a position. */
function rangesAt(position: number, { open }: Demands): string {
  let mark = '';
  for (const { from, to } of open) mark += from <= position && position <= to ? '1' : '0';
  return mark;
}

/** Decides for every position and every upper bound whether the item counts, within the bound. */
function cap(
  goals: readonly Formula[],
  groups: readonly string[],
  demands: Demands,
  search: Search,
  bound = 0,
): Found {
  const capped = demands.capped[bound];
  if (!capped) return pair(goals, demands, search);
  const own = `;${capped.group};`;
  const counted = groups.filter((group) => group.includes(own)).length;
  if (counted > capped.to) return NOTHING;
  const outside = not(capped.of);
  const step = (current: readonly Formula[], from: number, left: number): Found => {
    const position = groups.findIndex((group, i) => i >= from && !group.includes(own));
    if (position < 0) return cap(current, groups, demands, search, bound + 1);
    search.budget.spend('items that may be counted');
    const attempts = new Attempts();
    for (const side of left > 0 ? [outside, capped.of] : [outside]) {
      const goal = and(current[position]!, side);
      const result = search.solve(goal);
      if (result.answer !== 'yes') {
        attempts.add(result);
        continue;
      }
      const remaining = side === outside ? left : left - 1;
      const deeper = step(current.with(position, goal), position + 1, remaining);
      if (deeper.answer === 'yes') return deeper;
      attempts.add(deeper);
    }
    return attempts.result();
  };
  return step(goals, 0, capped.to - counted);
}

/** Two items that are equal, where that is asked: two positions with one goal and one witness. */
function pair(goals: readonly Formula[], demands: Demands, search: Search): Found {
  if (!demands.equalPair) return build(goals, demands, search);
  const attempts = new Attempts();
  const tried = new Set<number>();
  for (let i = 0; i < goals.length; i++) {
    for (let j = i + 1; j < goals.length; j++) {
      search.budget.spend('a pair of equal items');
      const both = and(goals[i]!, goals[j]!);
      if (tried.has(both.id)) continue;
      tried.add(both.id);
      const result = build(goals.with(i, both).with(j, both), demands, search);
      if (result.answer === 'yes') return result;
      attempts.add(result);
    }
  }
  return attempts.result();
}

function build(goals: readonly Formula[], demands: Demands, search: Search): Found {
  const attempts = new Attempts();
  const array: JsonValue[] = [];
  for (const goal of goals) {
    const result = search.solve(goal);
    if (result.answer === 'no') return result;
    if (result.answer === 'unknown') attempts.add(result);
    else array.push(result.witness);
  }
  if (attempts.open) return attempts.result();
  if (!demands.different || allDifferent(array)) return found(array);
  return buildDifferent(goals, search);
}

/**
 * Different items for all positions. For each goal as many different members are listed as there are positions;
 * if there is a choice of different items at all, there is one among those.
 */
function buildDifferent(goals: readonly Formula[], search: Search): Found {
  if (goals.length > MAX_DIFFERENT) return undecided(`${goals.length} different items`);
  const attempts = new Attempts();
  const lists = new Map<number, Map<string, JsonValue>>();
  for (const goal of new Set(goals)) lists.set(goal.id, members(goal, goals.length, search, attempts));
  const byText = new Map<string, JsonValue>();
  for (const list of lists.values()) for (const [text, value] of list) byText.set(text, value);
  const texts = matchDistinct(goals.map((goal) => [...lists.get(goal.id)!.keys()]));
  return texts ? found(texts.map((text) => byText.get(text)!)) : attempts.result();
}

/** Up to `limit` different members of a goal, by their canonical texts. */
function members(goal: Formula, limit: number, search: Search, attempts: Attempts): Map<string, JsonValue> {
  const list = new Map<string, JsonValue>();
  let rest = goal;
  while (list.size < limit) {
    search.budget.spend('different items');
    const result = search.solve(rest);
    if (result.answer !== 'yes') {
      attempts.add(result);
      break;
    }
    const { witness } = result as Member;
    list.set(canonicalJson(witness), witness);
    rest = and(goal, not(oneOf([...list.values()])));
  }
  return list;
}
