import { nodeKey } from '../../graph/hops.ts';
import type { FlowNode } from '../../graph/loop.ts';
import { hasHole, printHoles } from '../../json/holes.ts';
import type { Component } from '../../model/component.ts';
import type { Emission } from '../../model/emission.ts';
import type { Route } from '../../model/route.ts';
import { printChoice } from '../../pattern/canonical.ts';
import type { Certainty, LoopKind, PictureNode } from './picture.ts';

const MAX_LABEL = 48;

/** How events, rules and components are drawn: shared by the picture of a system and that of one loop. */
export function eventPart(node: FlowNode, loop?: LoopKind): PictureNode {
  const { type, bus } = node;
  return {
    key: `event|${nodeKey(node)}`,
    kind: 'event',
    label: type ? [short(type.detailType), short(type.source)] : ['some event', 'nobody says which'],
    bus,
    ...marked(loop),
  };
}

export function rulePart(route: Route, loop?: LoopKind): PictureNode {
  const filter = filterWords(route);
  return {
    key: `rule|${route.id}`,
    kind: 'rule',
    label: [short(route.name), ...(filter === undefined ? [] : [short(filter)])],
    ...(route.from.kind === 'bus' ? { bus: route.from.bus } : {}),
    ...marked(loop),
  };
}

export function componentPart({ id, name, kind }: Component, loop?: LoopKind): PictureNode {
  return { key: `component|${id}`, kind: 'component', label: [short(name), kind], ...marked(loop) };
}

function marked(loop: LoopKind | undefined): { loop?: LoopKind } {
  return loop === undefined ? {} : { loop };
}

/** How sure it is that a component publishes something, and on what evidence. */
export function publication(emission: Emission): { certainty: Certainty; label: string } {
  const { evidence, event, conditional } = emission;
  const guessed = evidence.kind === 'iam' || evidence.kind === 'unknown' || event === undefined;
  return {
    certainty: guessed || conditional ? 'perhaps' : 'sure',
    label: conditional ? `${evidence.kind}, on a condition` : evidence.kind,
  };
}

/** How sure it is that what a rule took arrives, and over what. */
export function passage(
  via: readonly Route[],
  doubt: string | undefined,
): { certainty: Certainty; label?: string } {
  const way = short(via.map(({ name }) => name).join(', '));
  return {
    certainty: doubt === undefined ? 'sure' : 'perhaps',
    ...(way === '' ? {} : { label: `via ${way}` }),
  };
}

/** Which events a rule is for, as far as source and detail-type say. */
function filterWords({ filter, schedule, state, from, kind }: Route): string | undefined {
  if (state === 'disabled') return 'disabled';
  if (filter.kind === 'nothing') return schedule;
  if (from.kind !== 'bus') return kind;
  if (filter.kind !== 'pattern')
    return filter.kind === 'everything' ? 'takes everything' : 'filter not known';
  const conditions = filter.pattern.alternatives.flatMap((alternative) => alternative.conditions);
  const choices = ['source', 'detail-type'].flatMap((wanted) =>
    conditions
      .filter(({ path }) => path === wanted)
      .flatMap((condition) => condition.choices.map(printChoice)),
  );
  const words = [...new Set(choices)].map((choice) => choice.replace(/[{}"]/g, '').replace(':', ' '));
  return words.length === 0 ? undefined : words.join(', ');
}

function short(text: string): string {
  const shown = hasHole(text) ? printHoles(text) : text;
  return shown.length > MAX_LABEL ? `${shown.slice(0, MAX_LABEL - 1)}…` : shown;
}
