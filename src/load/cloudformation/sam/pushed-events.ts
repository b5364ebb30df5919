import { hasHole, hole } from '../../../json/holes.ts';
import { outside, type Place } from '../../draft.ts';
import { placeIn } from '../reading.ts';
import { topicFilter } from '../topic-filter.ts';
import { everythingTo, type SamEvent, type SamEventReading } from './event.ts';

export const topicEvent: SamEvent = {
  type: 'SNS',
  rule: false,
  read(event) {
    const { properties, owner, logicalId } = event;
    const topic = placeIn(properties, 'Topic', 'sns') ?? outside;
    const filter = topicFilter(properties, logicalId, owner.collector);
    owner.draft.routes.push(everythingTo(event, 'subscription', topic, { filter }));
  },
};

/** Notifications of a bucket, which SAM writes into the bucket's own properties. */
export const bucketEvent: SamEvent = {
  type: 'S3',
  rule: false,
  read(event) {
    const bucket = placeIn(event.properties, 'Bucket', 's3') ?? outside;
    const filtered = event.properties.has('Filter');
    event.owner.draft.routes.push(
      everythingTo(event, 'notification', bucket, filtered ? { filter: keyFilter(event.logicalId) } : {}),
    );
  },
};

/** `ScheduleV2` expands to a schedule of EventBridge Scheduler. */
export const scheduleV2Event: SamEvent = {
  type: 'ScheduleV2',
  rule: false,
  read(event) {
    const { properties, owner } = event;
    const schedule = properties.text('ScheduleExpression') ?? hole('schedule');
    const disabled = /^DISABLED$/i.test(properties.text('State') ?? '');
    const state = hasHole(properties.text('State') ?? '') ? 'unknown' : disabled ? 'disabled' : 'enabled';
    owner.draft.routes.push(everythingTo(event, 'schedule', outside, { schedule, state }));
  },
};

/** Requests and messages from outside of what is loaded: where events enter the system. */
const entryTypes = [
  'Api',
  'HttpApi',
  'AlexaSkill',
  'Cognito',
  'IoTRule',
  'CloudWatchLogs',
  'WebSocket',
] as const;

export const entryEvents: readonly SamEvent[] = entryTypes.map((type) => ({
  type,
  rule: false,
  read(event) {
    const name = `${type} ${[event.properties.text('Method'), event.properties.text('Path')].filter(Boolean).join(' ')}`;
    event.owner.draft.routes.push(
      everythingTo(event, 'notification', sourceOf(event, type), { name: name.trim() }),
    );
  },
}));

function sourceOf(event: SamEventReading, type: string): Place {
  const place = type === 'CloudWatchLogs' ? placeIn(event.properties, 'LogGroupName', 'logs') : undefined;
  return place ?? outside;
}

function keyFilter(where: string): { kind: 'unknown'; why: string } {
  return { kind: 'unknown', why: `${where} takes only some object keys` };
}
