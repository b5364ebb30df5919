import { type Budget, OutOfBudget } from '../budget.ts';
import { overOf } from './approximate.ts';
import { type Branch, branches } from './branches.ts';
import { ANY_CHAR } from './chars.ts';
import { type Graph, graphOf, targetsFirst } from './graph.ts';
import { shortestWord, type Truth } from './questions.ts';
import { ALL, type Language } from './term.ts';
import type { Trie } from './trie.ts';
import { CHARACTERS, JSON_BYTES, type Weights } from './weights.ts';

/** A bound that no member passes, and whether one reaches it. */
export interface Measure {
  /** Infinity where there is no bound; -Infinity (of a least one: Infinity) when there is surely no member. */
  readonly value: number;
  readonly exact: boolean;
}

/** Edges looked at for one step of the budget: looking at one again is cheap. */
const EDGES_PER_STEP = 64;

/** The least length, in code points. */
export function minLength(language: Language, budget: Budget): Measure {
  if (language.plain) return { value: language.min, exact: true };
  const shortest = shortestWord(language, budget);
  if (shortest.answer === 'no') return { value: Number.POSITIVE_INFINITY, exact: true };
  // An inexact search may give a word that is not the shortest.
  const found = shortest.answer === 'yes' && [...shortest.witness].length === language.min;
  return found ? { value: language.min, exact: true } : leastByLength(language, budget);
}

function leastByLength(language: Language, budget: Budget): Measure {
  if (!language.exact) return { value: overOf(language).min, exact: false };
  try {
    const graph = graphOf(language, CHARACTERS, budget);
    let layer = new Set(graph.start < 0 ? [] : [graph.start]);
    const seen = new Set(layer);
    for (let length = 0; layer.size > 0; length++) {
      if ([...layer].some((id) => graph.accepts[id])) return { value: length, exact: true };
      const next = new Set<number>();
      for (const id of layer) for (const { to } of graph.edges[id]!) if (!seen.has(to)) next.add(to);
      for (const id of next) seen.add(id);
      layer = next;
    }
    return { value: Number.POSITIVE_INFINITY, exact: true };
  } catch (error) {
    if (error instanceof OutOfBudget) return { value: language.min, exact: false };
    throw error;
  }
}

/** The greatest length, in code points. */
export function maxLength(language: Language, budget: Budget): Measure {
  return heaviest(language, CHARACTERS, budget);
}

/** The most UTF-8 bytes between the quotes of the JSON string, or what else the weights count. */
export function maxBytes(language: Language, budget: Budget, weights: Weights = JSON_BYTES): Measure {
  return heaviest(language, weights, budget);
}

/** Whether there are finitely many members. */
export function isFinite(language: Language, budget: Budget): Truth {
  const { value, exact } = maxLength(language, budget);
  return value !== Number.POSITIVE_INFINITY ? true : exact ? false : undefined;
}

function heaviest(language: Language, weights: Weights, budget: Budget): Measure {
  const over = overOf(language);
  const bound = boundOf(over, weights);
  if (over.plain) return { value: bound, exact: language.exact };
  try {
    const value = Math.max(...branches(over).map((branch) => heaviestIn(branch, weights, budget)));
    return { value: Math.min(value, bound), exact: language.exact };
  } catch (error) {
    if (error instanceof OutOfBudget) return { value: bound, exact: false };
    throw error;
  }
}

function heaviestIn({ term, from, to }: Branch, weights: Weights, budget: Budget): number {
  if (term === ALL) return to === 0 ? 0 : to * weights.heaviest(ANY_CHAR);
  const graph = graphOf(term, weights, budget);
  if (graph.start < 0) return Number.NEGATIVE_INFINITY;
  const order = targetsFirst(graph);
  if (order && from === 0 && to >= order.length) return longestPath(graph, order);
  const longest = order ? Math.min(to, order.length) : to;
  if (longest === Number.POSITIVE_INFINITY) return longest;
  return longestWalk(graph, from, longest, budget);
}

function longestPath(graph: Graph, order: readonly number[]): number {
  const best: number[] = [];
  for (const id of order) {
    let most = graph.accepts[id] ? 0 : Number.NEGATIVE_INFINITY;
    for (const { to, weight } of graph.edges[id]!) most = Math.max(most, weight + best[to]!);
    best[id] = most;
  }
  return best[graph.start]!;
}

/** The heaviest accepted walk of `from` to `to` edges: length by length, from the accepting states backwards. */
function longestWalk(graph: Graph, from: number, to: number, budget: Budget): number {
  const edges = graph.edges.reduce((sum, out) => sum + out.length, 0);
  let best = graph.accepts.map((accepts) => (accepts ? 0 : Number.NEGATIVE_INFINITY));
  let most = from === 0 ? best[graph.start]! : Number.NEGATIVE_INFINITY;
  for (let length = 1; length <= to; length++) {
    budget.spend('the longest string of a window of lengths', Math.ceil(edges / EDGES_PER_STEP));
    const next = graph.edges.map((out) => {
      let heaviest = Number.NEGATIVE_INFINITY;
      for (const edge of out) heaviest = Math.max(heaviest, edge.weight + best[edge.to]!);
      return heaviest;
    });
    best = next;
    if (length >= from) most = Math.max(most, best[graph.start]!);
  }
  return most;
}

/** An upper bound read off the term; attained by plain terms. */
function boundOf(term: Language, weights: Weights): number {
  const byLength = term.max <= 0 ? term.max : term.max * weights.most;
  return Math.min(byLength, boundOfParts(term, weights));
}

function boundOfParts(term: Language, weights: Weights): number {
  switch (term.kind) {
    case 'none':
      return Number.NEGATIVE_INFINITY;
    case 'epsilon':
      return 0;
    case 'chars':
      return weights.heaviest(term.set);
    case 'words':
      return heaviestWord(term.trie, weights, new Map());
    case 'concat': {
      let sum = 0;
      let tail: Language = term;
      for (; tail.kind === 'concat'; tail = tail.rest) sum += boundOf(tail.first, weights);
      return sum + boundOf(tail, weights);
    }
    case 'repeat': {
      const each = boundOf(term.inner, weights);
      return each <= 0 || term.to === 0 ? 0 : each * term.to;
    }
    case 'union':
      return Math.max(...term.items.map((item) => boundOf(item, weights)));
    case 'intersection':
      return Math.min(...term.items.map((item) => boundOf(item, weights)));
    default:
      return Number.POSITIVE_INFINITY;
  }
}

function heaviestWord(trie: Trie, weights: Weights, known: Map<Trie, number>): number {
  const found = known.get(trie);
  if (found !== undefined) return found;
  let most = trie.accepts ? 0 : Number.NEGATIVE_INFINITY;
  trie.chars.forEach((c, i) => {
    most = Math.max(most, weights.of(c) + heaviestWord(trie.next[i]!, weights, known));
  });
  known.set(trie, most);
  return most;
}
