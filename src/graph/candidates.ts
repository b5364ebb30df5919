import { hasHole, mayEqual } from '../json/holes.ts';
import type { BusId } from '../model/bus.ts';
import type { EventType } from '../model/event-type.ts';
import type { Route } from '../model/route.ts';
import type { Topology } from '../model/topology.ts';
import { matchValue } from '../pattern/match.ts';
import { holesOpened } from '../pattern/open-holes.ts';
import type { Choice, Pattern } from '../pattern/pattern.ts';
import { restrictPattern } from '../pattern/restrict.ts';
import { type Candidates, routesOn, type Takes } from './hops.ts';

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

/** Most rules list detail-types: they are looked up, and only the rules that list one, or none, are asked. */
export function candidatesOn(topology: Topology, takes: Takes): Candidates {
  const indices = new Map<BusId, RouteIndex>();
  return (node) => {
    const { bus, type } = node;
    const index = indices.get(bus) ?? new RouteIndex(routesOn(topology, bus), 'detail-type');
    indices.set(bus, index);
    const routes = type && !hasHole(type.detailType) ? index.for(type.detailType) : index.routes;
    return routes.filter((route) => takes(route, node));
  };
}

/** The routes of a bus by the texts that their patterns list for one member of the envelope. */
class RouteIndex {
  readonly routes: readonly Route[];
  private readonly listed = new Map<string, number[]>();
  /** Those that do not list all they take. */
  private readonly others: number[] = [];

  constructor(routes: readonly Route[], path: string) {
    this.routes = routes;
    for (const [i, { filter }] of routes.entries()) {
      const texts = filter.kind === 'pattern' ? textsListed(filter.pattern, path) : undefined;
      if (!texts) this.others.push(i);
      else
        for (const text of texts) {
          const list = this.listed.get(text);
          if (list) list.push(i);
          else this.listed.set(text, [i]);
        }
    }
  }

  /** In the order of the routes. */
  for(text: string): Route[] {
    const found = [...(this.listed.get(text) ?? []), ...this.others].sort((a, b) => a - b);
    return found.map((i) => this.routes[i]!);
  }
}

/** All texts that a pattern takes on a path; undefined if it takes others too. */
function textsListed({ alternatives }: Pattern, path: string): Set<string> | undefined {
  const texts = new Set<string>();
  for (const { conditions } of alternatives) {
    const condition = conditions.find((each) => each.path === path);
    if (!condition) return undefined;
    for (const choice of condition.choices) {
      if (choice.kind !== 'string' || hasHole(choice.value)) return undefined;
      texts.add(choice.value);
    }
  }
  return texts;
}

function fits(pattern: Pattern, path: 'source' | 'detail-type', text: string): boolean {
  return pattern.alternatives.some((alternative) => {
    const choices = alternative.conditions.find((condition) => condition.path === path)?.choices;
    if (!choices) return true;
    // Most rules list texts, and nothing more has to be looked at.
    if (!hasHole(text) && choices.every(isPlain)) return choices.some((choice) => choice.value === text);
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

/** A text that only the same text equals. */
function isPlain(choice: Choice): choice is Choice & { readonly kind: 'string' } {
  return choice.kind === 'string' && !choice.address && !hasHole(choice.value);
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
