import { finding } from '../../../diagnostic/diagnostic.ts';
import { hasHole } from '../../../json/holes.ts';
import { nearest } from '../../../json/nearest.ts';
import type { Reading } from '../reading.ts';
import type { SamEvent } from './event.ts';
import { polledEvents } from './polled-event.ts';
import { bucketEvent, entryEvents, scheduleV2Event, topicEvent } from './pushed-events.ts';
import { ruleEvents, scheduleEvent } from './rule-event.ts';

const samEvents: ReadonlyMap<string, SamEvent> = new Map(
  [
    ...ruleEvents,
    scheduleEvent,
    scheduleV2Event,
    ...polledEvents,
    topicEvent,
    bucketEvent,
    ...entryEvents,
  ].map((event) => [event.type, event]),
);

/** Reads the `Events` of a SAM function or state machine. */
export function readEvents(owner: Reading): void {
  const { resource, template, collector, draft } = owner;
  for (const { key, keySpan, shape } of owner.properties.entries('Events')) {
    const type = shape.text('Type');
    const kind = type === undefined ? undefined : samEvents.get(type);
    const where = `${resource.logicalId}.Events.${key}`;
    const properties = shape.object('Properties') ?? shape;
    if (kind?.rule) draft.rulesFound++;
    if (kind) {
      const logicalId = `${resource.logicalId}${key}`;
      const span = { ...keySpan, end: Math.max(keySpan.end, shape.span.end) };
      kind.read({ owner, logicalId, id: `${template}#${logicalId}`, properties, span });
    } else if (type !== undefined && !hasHole(type)) {
      const params = { where, type, nearest: nearest(type, samEvents.keys()) ?? null };
      collector.add(
        finding('template/unknown-event-type', params, { span: shape.raw('Type')?.span ?? keySpan }),
      );
    }
  }
}
