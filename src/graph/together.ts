import type { Route } from '../model/route.ts';
import type { Pattern } from '../pattern/pattern.ts';
import type { Judge } from './judge.ts';
import type { EventState } from './state.ts';

/** Which of the routes that take events of a state may take one and the same event. */
export interface Company {
  /** The largest sets of routes that take one event together. */
  readonly sets: readonly (readonly Route[])[];
  /** Routes with conditions on what the state leaves open. */
  readonly picky: ReadonlySet<Route>;
  /** False where that was not worked out: then it is one set of all, more than any event meets. */
  readonly exact: boolean;
}

/** Questions that one analysis spends on it: enough for systems that a person can oversee. */
const MAX_QUESTIONS = 1_000;
const MAX_GROUPS = 12;

/**
 * Two rules may each take some event of a type, and yet none that both take (`status` A, `status` B). Rules whose
 * undecided conditions are the same are one; of the others every set is tried, within a number of questions.
 */
export class Companies {
  private readonly judge: Judge;
  private questions = 0;
  /** Whether every answer since the last state was a yes or a no. */
  private sure = true;

  constructor(judge: Judge) {
    this.judge = judge;
  }

  of(routes: readonly Route[], state: EventState): Company {
    const always: Route[] = [];
    const groups = new Map<string, Route[]>();
    for (const route of routes) {
      const open =
        route.filter.kind === 'pattern' ? this.judge.openConditions(route.filter.pattern, state) : '';
      if (open === '') always.push(route);
      else groups.set(open, [...(groups.get(open) ?? []), route]);
    }
    const all = [...groups.values()];
    const picky = new Set(all.flat());
    this.sure = true;
    if (all.length <= 1) return { sets: [routes], picky, exact: true };
    if (this.meet(all, state)) return { sets: [routes], picky, exact: this.sure };
    if (all.length > MAX_GROUPS) return { sets: [routes], picky, exact: false };
    const found: Route[][][] = [];
    const extend = (chosen: readonly Route[][], next: number): void => {
      if (next === all.length) {
        // Sets within larger ones say nothing more.
        if (!found.some((other) => chosen.every((group) => other.includes(group)))) found.push([...chosen]);
        return;
      }
      const more = [...chosen, all[next]!];
      if (this.meet(more, state)) extend(more, next + 1);
      extend(chosen, next + 1);
    };
    extend([], 0);
    if (this.questions > MAX_QUESTIONS) return { sets: [routes], picky, exact: false };
    return { sets: found.map((set) => [...always, ...set.flat()]), picky, exact: this.sure };
  }

  private meet(groups: readonly (readonly Route[])[], state: EventState): boolean {
    if (groups.length <= 1) return true;
    if (++this.questions > MAX_QUESTIONS) return false;
    const patterns = groups.flatMap(([route]): Pattern[] =>
      route?.filter.kind === 'pattern' ? [route.filter.pattern] : [],
    );
    const answer = this.judge.takenByAll(patterns, state);
    if (answer === 'unknown') this.sure = false;
    return answer !== 'no';
  }
}
