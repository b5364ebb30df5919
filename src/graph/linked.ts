import { fieldAt } from '../json/fields.ts';
import type { JsonObject, JsonValue } from '../json/value.ts';
import type { FieldEffect } from '../model/emission.ts';
import { printEventType } from '../model/event-type.ts';
import { matchValue } from '../pattern/match.ts';
import { holesClosed, holesOpened } from '../pattern/open-holes.ts';
import type { Pattern } from '../pattern/pattern.ts';
import { pathsOf, restrictPattern } from '../pattern/restrict.ts';
import { type FieldSchema, fieldSchema, sameFieldSchema } from './field-schemas.ts';
import { effectsOver } from './handed-on.ts';
import { holding, obeying } from './links.ts';
import type { Hop } from './loop.ts';
import type { WalkContext } from './passage.ts';
import { withoutPlaces } from './questions.ts';
import type { EventState } from './state.ts';

/** One event of a loop: it passes one hop or more, the last of which publishes the next. */
interface Link {
  readonly hops: readonly number[];
  readonly state: EventState;
  readonly patterns: readonly Pattern[];
  readonly effects: ReadonlyMap<string, FieldEffect<JsonValue>>;
}

/** A field of one event of the loop, with all that must hold the same value, since it is copied from one to the next. */
interface Shared {
  readonly path: string;
  readonly members: Set<number>;
  /** Set once the value is known; undefined within stands for no such field. */
  value?: { readonly is: JsonValue | undefined };
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
  let failed: Chain | undefined;
  for (const present of [true, false]) {
    for (let start = 0; start < Math.min(links.length, MAX_STARTS); start++) {
      const found = chainFrom(start, links, present, context);
      if (found.answer === 'yes') {
        const events = hops.map((_, i) => found.events[links.findIndex((link) => link.hops.includes(i))]!);
        return { answer: 'yes', events };
      }
      if (found.answer === 'no' && !present) return found;
      failed ??= { ...found, answer: 'unknown' };
    }
  }
  return failed;
}

/** Whether the events of a loop hold a field that is copied, and the schemas or rules may not agree on its values. */
export function needsLinks(hops: readonly Hop[], context: WalkContext): boolean {
  const { topology, settings, judge } = context;
  const followed = new Set([
    settings.depthField,
    ...judge.fields.map(({ path }) => path.slice('detail.'.length)),
  ]);
  const copied = new Set<string>();
  for (const hop of hops) {
    if (!hop.emission?.fields) continue;
    for (const [path, { kind }] of effectsOver(hop, settings))
      if (!followed.has(path) && kind !== 'any') copied.add(path);
  }
  if (copied.size === 0) return false;
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

/** The values that go together, with those that are known from the start. */
function sharedIn(links: readonly Link[], start: number, context: WalkContext): Map<string, Shared>[] {
  const { depthField } = context.settings;
  const paths = new Set(links.flatMap(({ effects }) => [...effects.keys()]));
  // Then one depth stands for others that are not one more.
  if (context.judge.period !== 1) paths.delete(depthField);
  const shared = links.map(() => new Map<string, Shared>());
  for (const path of paths) {
    const round = links.map(({ effects }) => effects.get(path)?.kind);
    const counted =
      round.includes('increment') && round.every((kind) => kind === 'copy' || kind === 'increment');
    const before = (start + links.length - 1) % links.length;
    for (const i of links.keys()) shared[i]!.set(path, { path, members: new Set([i]) });
    for (const [i, { effects }] of links.entries()) {
      const effect = effects.get(path);
      const next = (i + 1) % links.length;
      if (effect?.kind === 'copy' && !(counted && i === before)) {
        const [one, other] = [shared[i]!.get(path)!, shared[next]!.get(path)!];
        const value = one.value ?? other.value;
        const joint: Shared = {
          path,
          members: new Set([...one.members, ...other.members]),
          ...(value ? { value } : {}),
        };
        for (const member of joint.members) shared[member]!.set(path, joint);
      } else if (effect?.kind === 'set') shared[next]!.get(path)!.value = { is: effect.value };
      else if (effect?.kind === 'absent') shared[next]!.get(path)!.value = { is: undefined };
    }
  }
  return shared;
}

/** Events for all links, beginning with one: each takes over what is known, and settles the rest for the others. */
function chainFrom(start: number, links: readonly Link[], present: boolean, context: WalkContext): Chain {
  const shared = sharedIn(links, start, context);
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
      } else if (members.size > 1) {
        const asked = askedByOthers(
          path,
          [...members].filter((each) => each !== at).map((i) => links[i]!),
          link,
          context,
        );
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
      const is = fieldAt(found.witness, ['detail', ...path.split('.')]);
      if (!group.value && group.members.size > 1) free = false;
      group.value ??= { is };
      const following = shared[next]!.get(path)!;
      if (link.effects.get(path)?.kind !== 'increment' || next === start || following.value) continue;
      if (is === undefined || typeof is === 'number') following.value = { is: (is ?? 0) + 1 };
    }
  }
  return { answer: 'yes', events };
}

/** The fields of an event that it shares with others. */
function pathsAmong(shared: ReadonlyMap<string, Shared>): string[] {
  return [...shared.values()].flatMap(({ path, members, value }) =>
    members.size > 1 || value ? [path] : [],
  );
}

/** What the schemas and rules of other events ask of the value that they share with one. */
function askedByOthers(
  path: string,
  others: readonly Link[],
  own: Link,
  { topology }: WalkContext,
): { schemas: JsonObject[]; required: boolean; declared: boolean; patterns: Pattern[] } {
  const of = ({ state }: Link): FieldSchema | undefined => {
    const contract = topology.contractById.get(state.typeId);
    return contract && fieldSchema(contract, path);
  };
  const mine = of(own);
  const different: FieldSchema[] = mine ? [mine] : [];
  const theirs = others.map(of).filter((each) => each !== undefined);
  for (const each of theirs)
    if (!different.some((known) => sameFieldSchema(known, each))) different.push(each);
  const patterns = others.flatMap((link) =>
    link.patterns.map((pattern) => restrictPattern(pattern, (each) => touches(each, path))),
  );
  return {
    schemas: different.slice(mine ? 1 : 0).flatMap(({ schemas }) => schemas),
    required: theirs.some(({ required }) => required),
    declared: [mine, ...theirs].some((each) => each && each.schemas.length > 0),
    patterns: patterns.filter((pattern) => pathsOf(pattern).size > 0),
  };
}

/** Whether a condition is about a field of `detail`, or about something in it. */
function touches(conditionPath: string, path: string): boolean {
  return conditionPath === `detail.${path}` || conditionPath.startsWith(`detail.${path}.`);
}

function passes(event: JsonValue, { patterns }: Link): boolean {
  return patterns.every((pattern) => matchValue(holesClosed(withoutPlaces(pattern), false), event));
}
