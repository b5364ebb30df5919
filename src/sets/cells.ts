import { FALSE, type Formula, type Names } from './formula.ts';
import { and } from './junction.ts';
import type { Search } from './search.ts';
import { complement, intersection } from './strings/boolean.ts';
import { words } from './strings/build.ts';
import { ALL, type Language } from './strings/term.ts';

/** Names that are asked the same of, and what is asked of their values. */
export interface Cell {
  readonly language: Language;
  readonly of: Formula;
}

/**
 * Cuts the names of a language, some named ones left out, into cells by which general demands concern them.
 * Cells without a name, and those whose demand is never met, are left out. Lazily: the first cells, of names that
 * fewest demands concern, are often enough.
 */
export function* cellsOf(
  within: Language | undefined,
  named: readonly string[],
  general: readonly { readonly names: Names; readonly of: Formula }[],
  search: Search,
): Generator<Cell> {
  const forbidden = general.filter(({ of }) => of === FALSE).map(({ names }) => names.language);
  const language = intersection([
    within ?? ALL,
    ...(named.length > 0 ? [complement(words(named))] : []),
    ...forbidden.map(complement),
  ]);
  if (search.isEmptyLanguage(language)) return;
  const demands = merge(general.filter(({ of }) => of !== FALSE));
  yield* cut(language, [], demands, search);
}

/** Demands on the same names become one. */
function merge(general: readonly { readonly names: Names; readonly of: Formula }[]): Cell[] {
  const byNames = new Map<number, Cell>();
  for (const { names, of } of general) {
    const known = byNames.get(names.id);
    byNames.set(names.id, { language: names.language, of: known ? and(known.of, of) : of });
  }
  return [...byNames.values()];
}

function* cut(
  language: Language,
  chosen: readonly Formula[],
  demands: readonly Cell[],
  search: Search,
): Generator<Cell> {
  const [demand, ...rest] = demands;
  if (!demand) {
    const of = and(...chosen);
    if (of !== FALSE) yield { language, of };
    return;
  }
  search.budget.spend('overlapping name patterns');
  const outside = intersection([language, complement(demand.language)]);
  const inside = intersection([language, demand.language]);
  if (!search.isEmptyLanguage(outside)) yield* cut(outside, chosen, rest, search);
  if (!search.isEmptyLanguage(inside)) yield* cut(inside, [...chosen, demand.of], rest, search);
}
