import type { Span } from '../../../json/document.ts';
import { hole } from '../../../json/holes.ts';
import type { DraftRoute, DraftTarget, Place } from '../../draft.ts';
import type { Shape } from '../../shape.ts';
import { delivery } from '../../targets.ts';
import { conditional, itself, type Reading } from '../reading.ts';

/** One entry under `Events` of a SAM function or state machine. */
export interface SamEventReading {
  /** The function or state machine. */
  readonly owner: Reading;
  /** The logical id SAM gives to what the event expands to: the owner's and the event's put together. */
  readonly logicalId: string;
  readonly id: string;
  /** The event's `Properties`. */
  readonly properties: Shape;
  /** Key and body of the event. */
  readonly span: Span;
}

/** A kind of SAM event source: one line in the table, one place that reads it. */
export interface SamEvent {
  readonly type: string;
  /** Whether it expands to an EventBridge rule. */
  readonly rule: boolean;
  read(event: SamEventReading): void;
}

/** The function or state machine as the one target of what the event expands to. */
export function ownerTarget(event: SamEventReading, target: Partial<DraftTarget> = {}): DraftTarget {
  const { owner, properties, span } = event;
  return {
    id: `${event.logicalId}Target`,
    to: itself(owner),
    arn: owner.physical?.arn ?? owner.id,
    shaping: { kind: 'event' },
    ...delivery(properties),
    ...generatedQueue(event),
    ...target,
    span,
  };
}

/** `DeadLetterConfig: {Type: SQS}` has SAM declare the queue. */
function generatedQueue({ properties, owner, logicalId }: SamEventReading): { deadLetterArn?: string } {
  const config = properties.object('DeadLetterConfig');
  if (!config || config.has('Arn') || config.text('Type') !== 'SQS') return {};
  const name = config.text('QueueLogicalId') ?? `${logicalId}Queue`;
  return { deadLetterArn: hole(`res:${owner.template}#${name}.Arn`) };
}

/** A route of everything from a place to the owner. */
export function everythingTo(
  event: SamEventReading,
  kind: DraftRoute['kind'],
  from: Place,
  rest: Partial<DraftRoute> = {},
): DraftRoute {
  return {
    id: event.id,
    kind,
    name: event.logicalId,
    from,
    filter: { kind: 'everything' },
    state: 'enabled',
    targets: [ownerTarget(event)],
    ...conditional(event.owner),
    ...rest,
    span: event.span,
  };
}
