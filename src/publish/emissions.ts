import { hasHole, hole, printHoles } from '../json/holes.ts';
import { type JsonValue, setOwn } from '../json/value.ts';
import type { Emission, FieldEffect } from '../model/emission.ts';
import type { EventType } from '../model/event-type.ts';
import type { Evidence } from '../model/evidence.ts';
import { within } from '../model/field-effects.ts';
import { pathsAsked, type Route } from '../model/route.ts';
import type { Buses } from './buses.ts';
import { textsWithHoles } from './iam/conditions.ts';
import type { Grant } from './iam/grant.ts';
import type { Publication } from './publication.ts';

/** The names of the fields that the analysis of loops follows. */
export interface FollowedFields {
  readonly depthField: string;
  readonly stageField: string;
  /** Members of `detail` (dotted paths) that some rule asks for: what becomes of others does not matter. */
  readonly asked?: ReadonlySet<string>;
}

/** A publication as an emission of a component. `entry`: nothing that was loaded leads to it. */
export function emissionOf(
  publication: Publication,
  component: string,
  entry: boolean,
  buses: Buses,
  followed: FollowedFields,
): Emission {
  const { source, detailType, bus, evidence, conditional = false } = publication;
  const { depthField, stageField } = followed;
  const fields = fieldsOf(publication, followed);
  const type: EventType | undefined =
    isOpen(source) && isOpen(detailType) ? undefined : { source, detailType };
  return {
    component,
    entry,
    ...(type ? { event: type } : {}),
    ...(bus === undefined ? {} : { bus: buses.named(bus) }),
    count: 1,
    probability: 1,
    ...(conditional ? { conditional } : {}),
    depth: effectOf(publication, depthField, 'number'),
    stage: effectOf(publication, stageField, 'string'),
    ...(Object.keys(fields).length > 0 ? { fields } : {}),
    evidence,
  };
}

/** What becomes of the members of `detail` that rules ask for, as far as it is known. */
function fieldsOf(
  publication: Publication,
  { depthField, stageField, asked = new Set() }: FollowedFields,
): Record<string, FieldEffect<JsonValue>> {
  const fields: Record<string, FieldEffect<JsonValue>> = {};
  for (const path of asked) {
    if (path === depthField || path === stageField) continue;
    const effect = memberEffect(publication, path);
    if (effect.kind !== 'any') setOwn(fields, path, effect);
  }
  return fields;
}

/** What becomes of a member of `detail`, by what becomes of the one at the top that it lies in. */
function memberEffect({ detail, others }: Publication, path: string): FieldEffect<JsonValue> {
  const [top = ''] = path.split('.', 1);
  const whole = Object.hasOwn(detail, top) ? detail[top]! : othersAre[others];
  const effect = path === top ? whole : within(whole, top, path.slice(top.length + 1));
  return effect.kind === 'copy' && effect.from === path ? { kind: 'copy' } : effect;
}

const othersAre: Record<Publication['others'], FieldEffect<JsonValue>> = {
  absent: { kind: 'absent' },
  copy: { kind: 'copy' },
  any: { kind: 'any' },
};

/** The members of `detail` that the patterns of routes ask for. */
export function askedFor(routes: readonly Route[]): ReadonlySet<string> {
  return new Set(
    [...pathsAsked(routes)].flatMap((path) =>
      path.startsWith('detail.') ? [path.slice('detail.'.length)] : [],
    ),
  );
}

/** As many members as that are looked for: copies of copies could lead from one to the next without end. */
const MAX_MEMBERS = 64;

/** With the members of received events that what is asked for is copied from. */
export function withSources(
  asked: ReadonlySet<string>,
  publications: readonly Publication[],
): ReadonlySet<string> {
  const all = new Set(asked);
  for (const path of all) {
    if (all.size >= asked.size + MAX_MEMBERS) break;
    for (const publication of publications) {
      const effect = memberEffect(publication, path);
      if (effect.kind === 'copy' && effect.from) all.add(effect.from);
    }
  }
  return all;
}

function isOpen(text: string): boolean {
  return hasHole(text) && printHoles(text).replace(/\$\{[^}]*\}/g, '') === '';
}

function effectOf<T extends JsonValue>(
  { detail, others }: Publication,
  field: string,
  type: 'number' | 'string',
): FieldEffect<T> {
  const effect = Object.hasOwn(detail, field) ? detail[field]! : othersAre[others];
  // The chain is followed by its own fields alone.
  if (effect.kind === 'copy' && effect.from !== undefined) return { kind: 'any' };
  if (effect.kind !== 'set') return effect;
  return typeof effect.value === type ? { kind: 'set', value: effect.value as T } : { kind: 'any' };
}

/** Everything a grant allows, as emissions: some event of each source and detail-type it names. */
export function emissionsOfGrant(
  grant: Grant,
  component: string,
  entry: boolean,
  buses: Buses,
  evidence: Evidence,
): Emission[] {
  const sources = grant.sources ? textsWithHoles(grant.sources, 'source') : [undefined];
  const detailTypes = grant.detailTypes ? textsWithHoles(grant.detailTypes, 'detail-type') : [undefined];
  const bus = buses.ofPattern(grant.bus);
  return sources.flatMap((source) =>
    detailTypes.map((detailType): Emission => {
      const event =
        source === undefined && detailType === undefined
          ? undefined
          : {
              source: source ?? hole(`any source of ${component}`),
              detailType: detailType ?? hole(`any detail-type of ${component}`),
            };
      return {
        component,
        entry,
        ...(event ? { event } : {}),
        ...(bus === undefined ? {} : { bus }),
        count: 1,
        probability: 1,
        // That it may is not that it does.
        conditional: true,
        depth: { kind: 'any' },
        stage: { kind: 'any' },
        evidence,
      };
    }),
  );
}
