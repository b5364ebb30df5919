/**
 * The complexity of the wildcards of one field, as Event Ruler's calculator counts it: the greatest number of
 * beginnings of wildcards that one value can be in at the same time. The service refuses a rule above 10.
 * Source: `MachineComplexityEvaluator` of aws/event-ruler, and the automaton of `ByteMachine` it walks.
 */

/** Above this the service refuses. Not documented; seen between 10 (accepted) and 11 (refused). */
export const MAX_COMPLEXITY = 10;

/** Larger results are not told apart. */
const CAP = 100;
const MAX_SETS = 4_000;
/** Once the limit is passed the exact number is of less interest. */
const ENOUGH_SETS = 150;

/** A wildcard by its literal parts; several of one choice (in `anything-but`) count as one. */
export interface Wildcard {
  readonly choice: number;
  readonly parts: readonly string[];
}

interface State {
  readonly next: Map<number, Set<Step>>;
  /** The state that a star leads to; itself in the state of a star. */
  star: State | undefined;
  /** Whether more than one text leads here: nothing else may be appended then. */
  afterStar: boolean;
  /** The choices whose wildcards can still be completed from here. */
  readonly choices: Set<number>;
}

/** The end of a choice's wildcard. */
interface End {
  readonly ends: number;
}

type Step = State | End;

const STAR = -1;
const OTHER = -2;
const QUOTE = 0x22;

/**
 * Whether the complexity can exceed the limit at all: counts what the exact number cannot exceed, in time linear in
 * the texts. Nearly all wildcards in use are dismissed here.
 */
export function mayBeComplex(wildcards: readonly Wildcard[]): boolean {
  let bound = 0;
  for (const { parts } of wildcards) {
    bound += parts.length;
    for (const [i, part] of parts.slice(1).entries()) {
      bound += overlaps(i === parts.length - 2 ? `${part}"` : part);
    }
  }
  return bound > MAX_COMPLEXITY;
}

/** In how many beginnings of a text another text that runs through it can be at the same time: `aaa` 3, `abc` 1. */
function overlaps(text: string): number {
  const borders = [0];
  const depths = [0];
  let greatest = 0;
  for (let i = 0; i < text.length; i++) {
    let border = i === 0 ? -1 : borders[i]!;
    while (border >= 0 && text[border] !== text[i]) border = border === 0 ? -1 : borders[border]!;
    borders[i + 1] = border + 1;
    depths[i + 1] = 1 + depths[border + 1]!;
    greatest = Math.max(greatest, depths[i + 1]!);
  }
  return greatest;
}

/** The complexity, at most 100. The work is bounded; where it is used up, the answer is what was seen so far. */
export function wildcardComplexity(wildcards: readonly Wildcard[]): number {
  const start = newState(false);
  for (const wildcard of wildcards) append(start, wildcard);
  return evaluate(start);
}

function newState(afterStar: boolean): State {
  return { next: new Map(), star: undefined, afterStar, choices: new Set() };
}

/** Event Ruler's texts are bytes of UTF-8 between quotation marks. */
function unitsOf(parts: readonly string[]): number[] {
  const units = [QUOTE];
  for (const [i, part] of parts.entries()) {
    if (i > 0) units.push(STAR);
    units.push(...new TextEncoder().encode(part));
  }
  units.push(QUOTE);
  return units;
}

/** Appends a wildcard to the automaton, sharing the beginning as far as Event Ruler shares it. */
function append(start: State, { choice, parts }: Wildcard): void {
  const units = unitsOf(parts);
  const path = [start];
  let state = start;
  let before: State | undefined;
  let sharing = true;
  for (const [i, unit] of units.slice(0, -1).entries()) {
    const known: State | undefined = sharing ? shared(state, unit) : undefined;
    sharing = known !== undefined;
    const next: State = known ?? newState(state.afterStar || unit === STAR);
    if (!known) connect(state, unit, next, units[i - 1] === STAR ? before : undefined);
    before = state;
    state = next;
    path.push(state);
  }
  const end = { ends: choice };
  connect(state, QUOTE, end, units.at(-2) === STAR ? before : undefined);
  for (const passed of path) passed.choices.add(choice);
}

function connect(state: State, unit: number, step: Step, beforeStar: State | undefined): void {
  if (unit === STAR) {
    const star = step as State;
    star.star = star;
    state.star = star;
    return;
  }
  for (const from of beforeStar ? [state, beforeStar] : [state]) {
    const steps = from.next.get(unit) ?? new Set();
    from.next.set(unit, steps.add(step));
  }
}

function shared(state: State, unit: number): State | undefined {
  if (unit === STAR) return state.star === state ? undefined : state.star;
  for (const step of state.next.get(unit) ?? []) {
    if ('ends' in step) continue;
    if (!step.afterStar || isContinuation(unit) || !(hasCase(unit) || starsAhead(state))) return step;
  }
  return undefined;
}

const isContinuation = (unit: number) => unit >= 0x80 && unit < 0xc0;
const hasCase = (unit: number) => (unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a;
const starsAhead = (state: State) => state.star !== undefined && state.star !== state;

/** Walks all sets of states that a value can be in at the same time. */
function evaluate(start: State): number {
  const numbers = new Map<Step, number>();
  const seen = new Set<string>();
  const pending: ReadonlySet<Step>[] = [new Set([start])];
  let greatest = 0;
  for (let steps = pending.pop(); steps; steps = pending.pop()) {
    for (const unit of unitsAt(steps)) {
      const next = follow(steps, unit);
      const key = [...next]
        .map((step) => numberOf(numbers, step))
        .sort((a, b) => a - b)
        .join();
      if (next.size === 0 || seen.has(key)) continue;
      seen.add(key);
      greatest = Math.max(greatest, sizeOf(next));
      if (greatest >= CAP || seen.size > (greatest > MAX_COMPLEXITY ? ENOUGH_SETS : MAX_SETS))
        return greatest;
      pending.push(next);
    }
  }
  return greatest;
}

/** The units that make a difference to some of the states, and one that makes none. */
function unitsAt(steps: ReadonlySet<Step>): Set<number> {
  const units = new Set<number>([OTHER]);
  for (const step of steps) {
    if ('ends' in step) continue;
    for (const unit of step.next.keys()) units.add(unit);
  }
  return units;
}

function numberOf(numbers: Map<Step, number>, step: Step): number {
  const known = numbers.get(step) ?? numbers.size;
  numbers.set(step, known);
  return known;
}

function follow(steps: ReadonlySet<Step>, unit: number): Set<Step> {
  const next = new Set<Step>();
  for (const step of steps) {
    if ('ends' in step) continue;
    if (step.star) next.add(step.star);
    for (const target of step.next.get(unit) ?? []) next.add(target);
  }
  return next;
}

/** The choices within reach of each state, and of each star right after it that is not in the set already. */
function sizeOf(steps: ReadonlySet<Step>): number {
  let size = 0;
  for (const step of steps) {
    if ('ends' in step) {
      size++;
    } else {
      size += step.choices.size;
      if (step.star && !steps.has(step.star)) size += step.star.choices.size;
    }
  }
  return size;
}
