import { fieldAt } from '../json/fields.ts';
import type { JsonObject, JsonValue } from '../json/value.ts';
import type { FieldEffect } from '../model/emission.ts';
import { printEventType } from '../model/event-type.ts';
import { inside, namesOf, sourceOf } from '../model/field-effects.ts';
import { matchValue } from '../pattern/match.ts';
import { holesClosed, holesOpened } from '../pattern/open-holes.ts';
import type { Pattern } from '../pattern/pattern.ts';
import { pathsOf, restrictPattern } from '../pattern/restrict.ts';
import { type FieldSchema, fieldSchema, isOpen, sameFieldSchema } from './field-schemas.ts';
import { effectsOver } from './handed-on.ts';
import { holding, obeying } from './links.ts';
import type { Hop } from './loop.ts';
import type { WalkContext } from './passage.ts';
import { withoutPlaces } from './questions.ts';
import { isTangled, type Shared, type SharedValues, sharedValues } from './shared-values.ts';
import type { EventState } from './state.ts';

/** One event of a loop: it passes one hop or more, the last of which publishes the next. */
interface Link {
  readonly hops: readonly number[];
  readonly state: EventState;
  readonly patterns: readonly Pattern[];
  readonly effects: ReadonlyMap<string, FieldEffect<JsonValue>>;
}

export type Chain =
  | { readonly answer: 'yes'; readonly events: readonly JsonValue[] }
  | { readonly answer: 'no' | 'unknown'; readonly hop: number; readonly paths: readonly string[] };

/** So many events of a loop are tried as the first, whose fields the others then take over. */
const MAX_STARTS = 4;

/**
 * For each hop of a loop the event that passes it, such that each follows from the one before: what is copied is the same,
 * what is set is set, what is counted is one more. Where it is counted all round, the first hop begins anew. no: no
 * event of one hop allows what the others hold it to.
 */
export function linkedEvents(
  hops: readonly Hop[],
  states: readonly EventState[],
  context: WalkContext,
): Chain | undefined {
  const links = linksOf(hops, states, context);
  if (!links || links.some(({ state }) => !state.type)) return undefined;
  const chain = chainOf(links, context);
  if (chain.answer !== 'yes') return chain;
  const events = hops.map((_, i) => chain.events[links.findIndex((link) => link.hops.includes(i))]!);
  return { answer: 'yes', events };
}

/** Where what is copied comes back in another field, once round proves it only if the next time changes nothing. */
function chainOf(links: readonly Link[], context: WalkContext): Chain {
  const closed = eventsOf(links, false, context);
  if (closed.answer === 'yes' || !isTangled(sharedIn(links, 0, false, context))) return closed;
  const open = eventsOf(links, true, context);
  if (open.answer !== 'yes') return open;
  return takesWhatComesBack(links, context) ? open : { ...closed, answer: 'unknown' };
}

function eventsOf(links: readonly Link[], open: boolean, context: WalkContext): Chain {
  let failed: Chain | undefined;
  for (const present of [true, false]) {
    // What comes back anew comes to the first event.
    for (let start = 0; start < (open ? 1 : Math.min(links.length, MAX_STARTS)); start++) {
      const found = chainFrom(start, links, present, open, context);
      if (found.answer === 'yes' || (found.answer === 'no' && !present)) return found;
      failed ??= { ...found, answer: 'unknown' };
    }
  }
  return failed!;
}

function sharedIn(links: readonly Link[], start: number, open: boolean, context: WalkContext): SharedValues {
  // Without a period of one depth some depths stand for others that are not one more.
  const aside = context.judge.period === 1 ? undefined : context.settings.depthField;
  return sharedValues(links, { start, open, aside });
}

/**
 * Whether the first event may hold anything in the fields that others are copied into on the way back: then it does not matter
 * that they hold something else each time, or more and more.
 */
function takesWhatComesBack(links: readonly Link[], context: WalkContext): boolean {
  const shared = sharedIn(links, 0, true, context);
  return [...links.at(-1)!.effects].every(([path, effect]) => {
    if (sourceOf(effect, path) === path) return true;
    const onward = [...shared[0]!].filter(([other]) => other === path || other.startsWith(`${path}.`));
    return onward.every(([, group]) =>
      group.members.every(({ link, path }) => takesAnything(links[link]!, path, context)),
    );
  });
}

function takesAnything({ state, patterns }: Link, path: string, { topology }: WalkContext): boolean {
  const contract = topology.contractById.get(state.typeId);
  const allowed = contract && fieldSchema(contract, path);
  return (
    (!allowed || (allowed.plain && allowed.schemas.every(isOpen))) &&
    !patterns.some((pattern) => [...pathsOf(pattern)].some((each) => touches(each, path)))
  );
}

/** Whether the events of a loop hold a field that is copied, and the schemas or rules may not agree on its values. */
export function needsLinks(hops: readonly Hop[], context: WalkContext): boolean {
  const { topology, settings, judge } = context;
  const followed = new Set([
    settings.depthField,
    ...judge.fields.map(({ path }) => path.slice('detail.'.length)),
  ]);
  const copied = new Set<string>();
  let renamed = false;
  for (const hop of hops) {
    if (!hop.emission?.fields) continue;
    for (const [path, effect] of effectsOver(hop, settings)) {
      if (followed.has(path) || effect.kind === 'any') continue;
      copied.add(path);
      renamed ||= sourceOf(effect, path) !== path;
    }
  }
  if (copied.size === 0) return false;
  if (renamed) return true;
  const contracts = hops.map(({ from }) => from.type && topology.contractById.get(printEventType(from.type)));
  const asked = hops.some(
    ({ route }) =>
      route.filter.kind === 'pattern' &&
      [...pathsOf(route.filter.pattern)].some((path) => [...copied].some((each) => touches(path, each))),
  );
  return (
    asked ||
    [...copied].some((path) => {
      const all = contracts.map((contract) => contract && fieldSchema(contract, path));
      const [first] = all;
      return all.some((each) => !first || !each?.plain || !sameFieldSchema(first, each));
    })
  );
}

function linksOf(
  hops: readonly Hop[],
  states: readonly EventState[],
  { settings }: WalkContext,
): Link[] | undefined {
  const last = hops.findLastIndex(({ emission }) => emission !== undefined);
  if (last < 0) return undefined;
  const links: Link[] = [];
  let passing: number[] = [];
  for (let i = 1; i <= hops.length; i++) {
    const at = (last + i) % hops.length;
    const hop = hops[at]!;
    passing.push(at);
    if (!hop.emission) continue;
    const patterns = passing.flatMap((each) => {
      const { filter } = hops[each]!.route;
      return filter.kind === 'pattern' ? [filter.pattern] : [];
    });
    links.push({
      hops: passing,
      state: states[at]!,
      patterns: [...new Set(patterns)],
      effects: effectsOver(hop, settings),
    });
    passing = [];
  }
  // The event of the first hop comes first.
  const first = links.findIndex((link) => link.hops.includes(0));
  return [...links.slice(first), ...links.slice(0, first)];
}

/** Events for all links, beginning with one: each takes over what is known, and settles the rest for the others. */
function chainFrom(
  start: number,
  links: readonly Link[],
  present: boolean,
  open: boolean,
  context: WalkContext,
): Chain {
  const shared = sharedIn(links, start, open, context);
  const events: JsonValue[] = [];
  let free = true;
  for (let offset = 0; offset < links.length; offset++) {
    const at = (start + offset) % links.length;
    const link = links[at]!;
    const values = new Map<string, JsonValue | undefined>();
    const besides: JsonObject[] = [];
    const patterns = [...link.patterns];
    for (const [path, { members, value }] of shared[at]!) {
      if (value) {
        values.set(path, value.is);
        besides.push(holding(path, value.is));
      } else if (members.length > 1) {
        const others = members.filter((each) => each.link !== at);
        const asked = askedByOthers(path, others, links, link, context);
        const schema = obeying(path, asked.schemas, asked.required || (present && asked.declared));
        if (schema) besides.push(schema);
        patterns.push(...asked.patterns);
      }
    }
    // What a hole stands for is not known: nothing is proven then.
    if (patterns.some((pattern) => holesOpened(withoutPlaces(pattern)) !== undefined)) free = false;
    const found = context.judge.show(link.state, besides, patterns, values);
    if (found.answer !== 'yes' || !passes(found.witness, link))
      return {
        answer: found.answer === 'no' && free ? 'no' : 'unknown',
        hop: link.hops[0]!,
        paths: pathsAmong(shared[at]!),
      };
    events[at] = found.witness;
    const next = (at + 1) % links.length;
    for (const [path, group] of shared[at]!) {
      const is = fieldAt(found.witness, ['detail', ...namesOf(path)]);
      if (!group.value && group.members.length > 1) free = false;
      group.value ??= { is };
      const following = shared[next]!.get(path)!;
      if (link.effects.get(path)?.kind !== 'increment' || next === start || following.value) continue;
      if (is === undefined || typeof is === 'number') following.value = { is: (is ?? 0) + 1 };
    }
  }
  return { answer: 'yes', events };
}

/** The fields of an event that it shares with others; all of it only where nothing else is said. */
function pathsAmong(shared: ReadonlyMap<string, Shared>): string[] {
  const paths = [...shared].flatMap(([path, { members, value }]) =>
    members.length > 1 || value ? [path] : [],
  );
  const fields = paths.filter((path) => path !== '');
  return fields.length > 0 ? fields : paths;
}

/** What the schemas and rules of other events ask of the value that they share with one. */
function askedByOthers(
  path: string,
  others: Shared['members'],
  links: readonly Link[],
  own: Link,
  { topology }: WalkContext,
): { schemas: JsonObject[]; required: boolean; declared: boolean; patterns: Pattern[] } {
  const of = ({ state }: Link, at: string): FieldSchema | undefined => {
    const contract = topology.contractById.get(state.typeId);
    return contract && fieldSchema(contract, at);
  };
  const mine = of(own, path);
  const different: FieldSchema[] = mine ? [mine] : [];
  const theirs = others.map((each) => of(links[each.link]!, each.path)).filter((each) => each !== undefined);
  for (const each of theirs)
    if (!different.some((known) => sameFieldSchema(known, each))) different.push(each);
  const patterns = others.flatMap((other) =>
    links[other.link]!.patterns.map((pattern) => askedOf(pattern, other.path, path)),
  );
  return {
    schemas: different.slice(mine ? 1 : 0).flatMap(({ schemas }) => schemas),
    required: theirs.some(({ required }) => required),
    declared: [mine, ...theirs].some((each) => each && each.schemas.length > 0),
    patterns: patterns.filter((pattern) => pathsOf(pattern).size > 0),
  };
}

/** What a pattern asks of a field, asked of another one. */
function askedOf(pattern: Pattern, path: string, other: string): Pattern {
  const asked = restrictPattern(pattern, (each) => touches(each, path));
  if (path === other) return asked;
  const [from, to] = [inside('detail', path), inside('detail', other)];
  return {
    ...asked,
    alternatives: asked.alternatives.map(({ conditions }) => ({
      conditions: conditions.map((each) => ({ ...each, path: to + each.path.slice(from.length) })),
    })),
  };
}

/** Whether a condition is about a field of `detail`, or about something in it. */
function touches(conditionPath: string, path: string): boolean {
  const field = inside('detail', path);
  return conditionPath === field || conditionPath.startsWith(`${field}.`);
}

function passes(event: JsonValue, { patterns }: Link): boolean {
  return patterns.every((pattern) => matchValue(holesClosed(withoutPlaces(pattern), false), event));
}
