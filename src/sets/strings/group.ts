import { type CharSet, unionChars } from './chars.ts';
import { concat, counted, repeat } from './concat.ts';
import { chars, rawConcat } from './primitive.ts';
import { ALL, EPSILON, type Language } from './term.ts';

type Items = Map<number, Language>;
type Unite = (items: readonly Language[]) => Language;

/**
 * Joins the parts of a union that share a head, a tail, or both but for their counters:
 * `ab|ac` → `a[bc]`, `ax|bx` → `[ab]x`, `a{1,2}x|a{3}x` → `a{1,3}x`. Changes `items` in place.
 */
export function joinParts(items: Items, unite: Unite): void {
  if (items.size < 2) return;
  joinHeads(items, unite);
  joinTails(items);
  joinCounters(items);
}

function joinHeads(items: Items, unite: Unite): void {
  const heads = new Map<Language, Extract<Language, { kind: 'concat' }>[]>();
  for (const item of items.values()) {
    if (item.kind !== 'concat' || (item.first.kind !== 'chars' && item.first !== ALL)) continue;
    const same = heads.get(item.first);
    if (same) same.push(item);
    else heads.set(item.first, [item]);
  }
  for (const [first, same] of heads) {
    if (same.length < 2) continue;
    for (const item of same) items.delete(item.id);
    const { shared, rests } = sharedStart(same.map((item) => item.rest));
    const rest = unite(rests);
    const tail = shared.reduceRight((out, part) => concat(part, out), rest);
    const joined = first === ALL && !tail.nullable ? rawConcat(ALL, tail) : concat(first, tail);
    items.set(joined.id, joined);
  }
}

/** The single characters that all of the chains go on with: one long common start must not recurse. */
function sharedStart(chains: readonly Language[]): { shared: Language[]; rests: readonly Language[] } {
  const shared: Language[] = [];
  let rests = chains;
  for (;;) {
    const lead = rests[0]!;
    if (lead.kind !== 'concat' || lead.first.kind !== 'chars') return { shared, rests };
    const next: Language[] = [];
    for (const rest of rests) if (rest.kind === 'concat' && rest.first === lead.first) next.push(rest.rest);
    if (next.length < rests.length) return { shared, rests };
    shared.push(lead.first);
    rests = next;
  }
}

function joinTails(items: Items): void {
  const tails = new Map<Language, { set: CharSet; from: Language[] }>();
  for (const item of items.values()) {
    if (item.kind !== 'concat' || item.first.kind !== 'chars') continue;
    const tail = tails.get(item.rest);
    if (tail) {
      tail.set = unionChars(tail.set, item.first.set);
      tail.from.push(item);
    } else {
      tails.set(item.rest, { set: item.first.set, from: [item] });
    }
  }
  for (const [rest, { set, from }] of tails) {
    if (from.length < 2) continue;
    for (const item of from) items.delete(item.id);
    const joined = concat(chars(set), rest);
    items.set(joined.id, joined);
  }
}

interface Run {
  readonly from: number;
  readonly to: number;
  readonly item: Language;
}

function joinCounters(items: Items): void {
  const groups = new Map<string, { inner: Language; rest: Language; runs: Run[]; repeated: boolean }>();
  for (const item of items.values()) {
    const head = item.kind === 'concat' ? item.first : item;
    if (head === ALL || (head.kind !== 'repeat' && head.kind !== 'chars')) continue;
    const rest = item.kind === 'concat' ? item.rest : EPSILON;
    const { inner, from, to } = counted(head);
    const key = `${inner.id},${rest.id}`;
    let group = groups.get(key);
    if (!group) {
      group = { inner, rest, runs: [], repeated: false };
      groups.set(key, group);
    }
    group.repeated ||= head.kind === 'repeat';
    group.runs.push({ from, to, item });
  }
  for (const { inner, rest, runs, repeated } of groups.values()) {
    if (!repeated) continue;
    if (items.has(rest.id)) runs.push({ from: 0, to: 0, item: rest });
    if (runs.length < 2) continue;
    runs.sort((a, b) => a.from - b.from || b.to - a.to);
    for (const run of touching(runs)) {
      if (run.items.length < 2) continue;
      for (const item of run.items) items.delete(item.id);
      const joined = concat(repeat(inner, run.from, run.to), rest);
      items.set(joined.id, joined);
    }
  }
}

function touching(runs: readonly Run[]): { from: number; to: number; items: Language[] }[] {
  const out: { from: number; to: number; items: Language[] }[] = [];
  for (const run of runs) {
    const last = out[out.length - 1];
    if (last && run.from <= last.to + 1) {
      last.to = Math.max(last.to, run.to);
      last.items.push(run.item);
    } else {
      out.push({ from: run.from, to: run.to, items: [run.item] });
    }
  }
  return out;
}
