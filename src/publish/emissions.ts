import { hasHole, hole, printHoles } from '../json/holes.ts';
import type { JsonValue } from '../json/value.ts';
import type { Emission, FieldEffect } from '../model/emission.ts';
import type { EventType } from '../model/event-type.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Buses } from './buses.ts';
import { textsWithHoles } from './iam/conditions.ts';
import type { Grant } from './iam/grant.ts';
import type { Publication } from './publication.ts';

/** The names of the fields that the analysis of loops follows. */
export interface FollowedFields {
  readonly depthField: string;
  readonly stageField: string;
}

/** A publication as an emission of a component. `entry`: nothing that was loaded leads to it. */
export function emissionOf(
  publication: Publication,
  component: string,
  entry: boolean,
  buses: Buses,
  { depthField, stageField }: FollowedFields,
): Emission {
  const { source, detailType, bus, evidence, conditional = false } = publication;
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
    evidence,
  };
}

function isOpen(text: string): boolean {
  return hasHole(text) && printHoles(text).replace(/\$\{[^}]*\}/g, '') === '';
}

function effectOf<T extends JsonValue>(
  { detail, others }: Publication,
  field: string,
  type: 'number' | 'string',
): FieldEffect<T> {
  const effect = Object.hasOwn(detail, field) ? detail[field]! : { kind: others };
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
