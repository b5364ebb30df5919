import { hasHole, mayEqual } from '../json/holes.ts';
import type { EventType } from '../model/event-type.ts';
import type { Route } from '../model/route.ts';
import { matchValue } from '../pattern/match.ts';
import { holesOpened } from '../pattern/open-holes.ts';
import type { Choice, Pattern } from '../pattern/pattern.ts';
import { restrictPattern } from '../pattern/restrict.ts';
import type { Takes } from './hops.ts';

/**
 * Whether a route may take an event type when only source and detail-type are looked at: what makes a candidate.
 * Decided once per route and event type.
 */
export function bySourceAndType(): Takes {
  return remembered(
    (pattern, type) => fits(pattern, 'detail-type', type.detailType) && fits(pattern, 'source', type.source),
  );
}

/**
 * The same with sources widened to their family (`mangaassist.chat` to `mangaassist.*`): the loops that nothing but
 * a list of sources prevents. They are worth telling, since widening that list is one edit.
 */
export function bySourceFamily(): Takes {
  return remembered(
    (pattern, type) => fits(pattern, 'detail-type', type.detailType) && fitsFamily(pattern, type.source),
  );
}

function remembered(decide: (pattern: Pattern, type: EventType) => boolean): Takes {
  const answers = new Map<Route, Map<string, boolean>>();
  return (route, { type }) => {
    if (route.filter.kind === 'nothing') return false;
    if (route.filter.kind !== 'pattern' || !type) return true;
    const known = answers.get(route) ?? new Map<string, boolean>();
    answers.set(route, known);
    const key = `${type.source}\n${type.detailType}`;
    const answer = known.get(key) ?? decide(route.filter.pattern, type);
    known.set(key, answer);
    return answer;
  };
}

function fits(pattern: Pattern, path: 'source' | 'detail-type', text: string): boolean {
  return pattern.alternatives.some((alternative) => {
    const only = restrictPattern({ ...pattern, alternatives: [alternative] }, (each) => each === path);
    if (matchValue(only, { [path]: text })) return true;
    const opened = holesOpened(only);
    if (opened && matchValue(opened, { [path]: text })) return true;
    return (
      hasHole(text) &&
      alternative.conditions.every(
        (condition) => condition.path !== path || condition.choices.some((choice) => mayBe(choice, text)),
      )
    );
  });
}

/** Whether a text with holes may be what a choice accepts. */
function mayBe(choice: Choice, text: string): boolean {
  return choice.kind === 'string' || choice.kind === 'exactly' ? mayEqual(choice.value, text) !== 'no' : true;
}

function fitsFamily(pattern: Pattern, source: string): boolean {
  if (fits(pattern, 'source', source)) return true;
  const family = familyOf(source);
  if (family === undefined) return false;
  return pattern.alternatives.some(({ conditions }) =>
    conditions.some(
      ({ path, choices }) =>
        path === 'source' &&
        choices.some((choice) => choice.kind === 'string' && familyOf(choice.value) === family),
    ),
  );
}

/** `mangaassist.` of `mangaassist.ai`; a source without a dot has no family. AWS's own sources are none. */
function familyOf(source: string): string | undefined {
  const dot = source.indexOf('.');
  const family = dot > 0 ? source.slice(0, dot + 1) : undefined;
  return family === 'aws.' ? undefined : family;
}
