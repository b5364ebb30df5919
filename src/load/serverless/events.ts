import { hasHole } from '../../json/holes.ts';
import type { Node } from '../../json/node.ts';
import { parseArn } from '../cloudformation/arn.ts';
import { busIn, placeIn } from '../cloudformation/reading.ts';
import { everythingTo, ownerTarget, type SamEventReading } from '../cloudformation/sam/event.ts';
import { scalarText } from '../cloudformation/values.ts';
import { type DraftTarget, outside, type Place } from '../draft.ts';
import { anyFilter } from '../filter.ts';
import { ruleRoute } from '../rule.ts';
import type { Shape } from '../shape.ts';
import { inputShaping, type ShapingKeys } from '../shaping.ts';

/** A kind of event of a Serverless function. `text`: the short form, where the event is a bare text. */
export interface ServerlessEvent {
  readonly type: string;
  readonly rule: boolean;
  read(event: SamEventReading, text: string | undefined): void;
}

const shapingKeys: ShapingKeys = ['input', 'inputPath', 'inputTransformer'];

/** https://www.serverless.com/framework/docs/providers/aws/events/event-bridge */
const eventBridge: ServerlessEvent = {
  type: 'eventBridge',
  rule: true,
  read(event) {
    const { properties, owner } = event;
    const bus = ownBus(busIn(properties, 'eventBus'));
    addRule(event, {
      bus,
      pattern: properties.raw('pattern'),
      schedule: properties.text('schedule'),
    });
    // A plain name creates the bus; an ARN or a reference to one does not.
    if (bus.kind !== 'bus' || !properties.has('eventBus')) return;
    const { reference, span } = bus;
    const written = properties.text('eventBus') ?? '';
    if (reference === 'default' || written.startsWith('arn:') || hasHole(reference)) return;
    owner.draft.buses.push({ id: reference, kind: 'custom', declared: true, span });
  },
};

/** https://www.serverless.com/framework/docs/providers/aws/events/cloudwatch-event */
const cloudwatchEvent: ServerlessEvent = {
  type: 'cloudwatchEvent',
  rule: true,
  read: (event) => addRule(event, { pattern: event.properties.raw('event') }),
};

/** https://www.serverless.com/framework/docs/providers/aws/events/schedule */
const schedule: ServerlessEvent = {
  type: 'schedule',
  rule: true,
  read(event, text) {
    const rate = event.properties.raw('rate');
    const first = rate?.kind === 'array' ? scalarText(rate.items[0]) : scalarText(rate);
    addRule(event, { schedule: text ?? first ?? 'schedule' });
  },
};

/** Of the ARN of a bus the Framework takes the name: the rule is made on the bus of that name in its own account. */
function ownBus(bus: Place): Place {
  if (bus.kind !== 'bus') return bus;
  const name = parseArn(bus.reference)?.resource;
  return name?.startsWith('event-bus/') && !hasHole(bus.reference)
    ? { ...bus, reference: name.slice('event-bus/'.length) }
    : bus;
}

interface RuleSource {
  readonly bus?: Place;
  readonly pattern?: Node | undefined;
  readonly schedule?: string | undefined;
}

function addRule(event: SamEventReading, source: RuleSource): void {
  const { properties, owner, logicalId, id, span } = event;
  const { draft, collector } = owner;
  const route = {
    id,
    name: properties.text('name') ?? logicalId,
    bus: source.bus ?? { kind: 'bus', reference: 'default', span },
    pattern: source.pattern,
    patternName: `${properties.where}.pattern`,
    schedule: source.schedule,
    state: properties.flag('enabled') === false ? 'disabled' : 'enabled',
    targets: [
      ownerTarget(event, {
        shaping: inputShaping(properties, collector, shapingKeys),
        ...delivered(properties),
      }),
    ],
    span,
  } as const;
  draft.routes.push(ruleRoute(route, collector));
}

/** `retryPolicy: {maximumRetryAttempts, maximumEventAge}` and `deadLetterQueueArn`. */
function delivered(properties: Shape): Pick<DraftTarget, 'retry' | 'deadLetterArn'> {
  const policy = properties.object('retryPolicy');
  const maxAttempts = policy?.number('maximumRetryAttempts');
  const maxAgeSeconds = policy?.number('maximumEventAge');
  const deadLetterArn = properties.text('deadLetterQueueArn');
  const retry = {
    ...(maxAttempts === undefined ? {} : { maxAttempts }),
    ...(maxAgeSeconds === undefined ? {} : { maxAgeSeconds }),
  };
  return { ...(policy ? { retry } : {}), ...(deadLetterArn === undefined ? {} : { deadLetterArn }) };
}

/** Events whose source is polled, or subscribed to: the short form is the source's ARN. */
const sourced = [
  ['sqs', 'arn', 'event-source-mapping', 'sqs'],
  ['stream', 'arn', 'event-source-mapping', 'kinesis'],
  ['sns', 'arn', 'subscription', 'sns'],
  ['s3', 'bucket', 'notification', 's3'],
  ['cloudwatchLog', 'logGroup', 'subscription', 'logs'],
] as const;

const sourcedEvents: readonly ServerlessEvent[] = sourced.map(([type, property, kind, service]) => ({
  type,
  rule: false,
  read(event, text) {
    const { properties, owner, span, logicalId } = event;
    const from: Place =
      text === undefined
        ? (placeIn(properties, property, service) ?? outside)
        : { kind: 'address', text, span, service };
    const patterns = properties.items('filterPatterns');
    const filter = properties.has('filterPolicy')
      ? ({ kind: 'unknown', why: `${logicalId} has a filter policy` } as const)
      : anyFilter(patterns, `${properties.where}.filterPatterns`, 'pipe', owner.collector);
    owner.draft.routes.push(everythingTo(event, kind, from, { filter }));
  },
}));

/** Requests from outside. */
const entryEvents: readonly ServerlessEvent[] = [
  'http',
  'httpApi',
  'websocket',
  'alb',
  'iot',
  'alexaSkill',
  'alexaSmartHome',
  'cognitoUserPool',
  'kafka',
  'msk',
  'activemq',
  'rabbitmq',
].map((type) => ({
  type,
  rule: false,
  read(event) {
    event.owner.draft.routes.push(everythingTo(event, 'notification', outside));
  },
}));

export const serverlessEvents: ReadonlyMap<string, ServerlessEvent> = new Map(
  [eventBridge, cloudwatchEvent, schedule, ...sourcedEvents, ...entryEvents].map((event) => [
    event.type,
    event,
  ]),
);
