import { complement, intersection, union } from './boolean.ts';
import { type charSet, oneChar } from './chars.ts';
import { concat, repeat } from './concat.ts';
import { classOf, coarsen, merge, type Partition, partitionOf, WHOLE } from './partition.ts';
import { wordSet } from './primitive.ts';
import { ALL, type Edges, EPSILON, type Language, NONE } from './term.ts';
import { trieChild } from './trie.ts';
import { stepUnits } from './units.ts';

/**
 * The derivative by every first character at once: what may follow, for each class of characters.
 * Computed once per term and kept on it. O(size of the term · classes).
 */
export function step(term: Language): Edges {
  if (term.edges) return term.edges;
  const edges = tidy(compute(term));
  term.edges = edges;
  return edges;
}

/** What may follow one given character. */
export function after(term: Language, codePoint: number): Language {
  if (term === ALL || term === NONE) return term;
  if (term.kind === 'words') return wordSet(trieChild(term.trie, codePoint));
  const { partition, to } = step(term);
  return to[classOf(partition, codePoint)]!;
}

const DEAD: Edges = { partition: WHOLE, to: [NONE] };

function compute(term: Language): Edges {
  switch (term.kind) {
    case 'none':
    case 'epsilon':
      return DEAD;
    case 'chars':
      return branch([term.set], [EPSILON]);
    case 'words':
      return branch(
        term.trie.chars.map(oneChar),
        term.trie.next.map((child) => wordSet(child)),
      );
    case 'concat':
      return stepConcat(term);
    case 'repeat': {
      if (term === ALL) return { partition: WHOLE, to: [ALL] };
      const rest = repeat(term.inner, Math.max(0, term.from - 1), term.to - 1);
      return mapEdges(step(term.inner), (next) => concat(next, rest));
    }
    case 'union':
      return combine(term.items.map(step), union);
    case 'intersection':
      return combine(term.items.map(step), intersection);
    case 'complement':
      return mapEdges(step(term.inner), complement);
    case 'lazy':
      return step(term.unfold());
    case 'units':
      return stepUnits(term, step);
    case 'approximate':
      throw new Error('an approximate language has no derivative: ask its bounds');
  }
}

function branch(sets: readonly ReturnType<typeof charSet>[], targets: readonly Language[]): Edges {
  const { partition, labels } = partitionOf(sets);
  return { partition, to: labels.map((label) => (label < 0 ? NONE : targets[label]!)) };
}

/** A chain of optional parts is stepped from its far end, so that its length costs no stack. */
function stepConcat(term: Extract<Language, { kind: 'concat' }>): Edges {
  const spine: Extract<Language, { kind: 'concat' }>[] = [];
  let tail: Language = term;
  while (tail.kind === 'concat' && !tail.edges) {
    spine.push(tail);
    if (!tail.first.nullable) break;
    tail = tail.rest;
  }
  let edges: Edges | undefined;
  for (const link of spine.reverse()) {
    const head = mapEdges(step(link.first), (next) => concat(next, link.rest));
    edges = link.first.nullable ? combine([head, step(link.rest)], union) : head;
    edges = tidy(edges);
    link.edges = edges;
  }
  return edges!;
}

function mapEdges(edges: Edges, change: (next: Language) => Language): Edges {
  return { partition: edges.partition, to: edges.to.map(change) };
}

function combine(all: readonly Edges[], join: (parts: readonly Language[]) => Language): Edges {
  let partition: Partition = all[0]!.partition;
  let columns: number[][] = [Array.from({ length: partition.count }, (_, i) => i)];
  for (let i = 1; i < all.length; i++) {
    const merged = merge(partition, all[i]!.partition);
    columns = columns.map((column) => merged.left.map((cls) => column[cls]!));
    columns.push([...merged.right]);
    partition = merged.partition;
  }
  const memo = new Map<string, Language>();
  const to = Array.from({ length: partition.count }, (_, cls) => {
    const parts = all.map((edges, i) => edges.to[columns[i]![cls]!]!);
    const key = parts.map((part) => part.id).join();
    const known = memo.get(key);
    if (known) return known;
    const joined = join(parts);
    memo.set(key, joined);
    return joined;
  });
  return { partition, to };
}

/** Joins classes that lead to the same place. */
function tidy(edges: Edges): Edges {
  const ids = edges.to.map((next) => next.id);
  if (new Set(ids).size === ids.length) return edges;
  const [partition, classes] = coarsen(edges.partition, ids);
  const to: Language[] = new Array(partition.count).fill(NONE);
  for (const next of edges.to) {
    const cls = classes.get(next.id);
    if (cls !== undefined) to[cls] = next;
  }
  return { partition, to };
}
