import { printHoles } from '../json/holes.ts';
import { valueOf } from '../json/node.ts';
import { isObject, type JsonObject, type JsonValue, own } from '../json/value.ts';
import type { Route } from '../model/route.ts';
import type { WalkContext } from './passage.ts';

/** An edit that was tried on a copy of the topology and stops the loop. */
export interface Mend {
  readonly kind: 'sources' | 'not-sources' | 'stage' | 'depth' | 'depth-filter';
  readonly route?: Route;
  readonly component?: string;
  /** The pattern that replaces the rule's, for edits of a rule. */
  readonly pattern?: JsonObject;
  /** The field of the pattern that the edit sets, and the list it gets, for edits of a rule. */
  readonly field?: FieldEdit;
  /** The sources listed, for `sources`, or left out, for `not-sources`; the stage asked for, for `stage`; the depth, for `depth`. */
  readonly value: JsonValue;
  readonly verdict: 'refuted' | 'bounded';
  /** Events the rule takes no more, beyond those that went round: event types, or a part of their events, in words. */
  readonly lost: readonly string[];
}

/** A member of a pattern, or of its `detail`, and what it is set to. */
export interface FieldEdit {
  readonly path: readonly [string, ...string[]];
  readonly value: readonly JsonValue[];
}

/** What an edit does, as one would tell a colleague to do it. */
export function mendWords(
  { kind, value, route, component }: Mend,
  { topology, settings }: WalkContext,
): string {
  const { stageField, depthField } = settings;
  const shown = JSON.stringify(value).replaceAll(',', ', ');
  const rule = printHoles(route?.name ?? '');
  switch (kind) {
    case 'sources':
      return `list the sources in ${rule}: ${shown}`;
    case 'not-sources':
      return `leave the own source out of ${rule}: source: [{ "anything-but": ${shown} }]`;
    case 'stage':
      return `filter ${stageField} in ${rule}: [${shown}]`;
    case 'depth-filter':
      return `filter ${depthField} in ${rule}: [{ "numeric": ["<", ${shown}] }]`;
    case 'depth': {
      const name = topology.componentById.get(component!)?.name ?? component!;
      return `let ${name} reject events at ${depthField} ${shown} and publish ${depthField} + 1`;
    }
  }
}

/** What an edit costs: which events the rule takes no more that were no part of the loop, and which it lets in. */
export function lostWords(mend: Mend): string {
  const { lost } = mend;
  const costs =
    lost.length === 0 ? 'no other event type is lost' : `it no longer takes ${lost.join(', ')} either`;
  return letsIn(mend)
    ? `${costs}; sources that its pattern kept out come in: list the sources instead if there are others on its bus`
    : costs;
}

/** Whether a rule takes more sources after an edit: an anything-but in the place of a prefix, since both cannot be asked of one field. */
export function letsIn({ kind, route }: Mend): boolean {
  const pattern = route?.filter.kind === 'pattern' ? valueOf(route.filter.node) : undefined;
  return kind === 'not-sources' && isObject(pattern) && own(pattern, 'source') !== undefined;
}
