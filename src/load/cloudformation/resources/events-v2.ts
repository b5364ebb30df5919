import type { Filter } from '../../../model/route.ts';
import { versionTwo } from '../../bus-id.ts';
import type { Place } from '../../draft.ts';
import { patternFilter } from '../../filter.ts';
import { stateOf } from '../../state.ts';
import { delivery } from '../../targets.ts';
import { arnOf } from '../arn.ts';
import { conditional, placeIn, type Reading } from '../reading.ts';
import type { ResourceKind } from '../resource-kind.ts';

/** The custom event bus of the second generation. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-custom-bus-cloudformation.html */
export const busV2: ResourceKind = {
  type: 'AWS::EventsV2::EventBus',
  identity: {
    nameProperty: 'Name',
    arn: (name, environment, unknown) => arnOf(environment, 'events', `event-busv2/${name}/${unknown('Id')}`),
    ref: 'arn',
  },
  read({ physical, draft, resource }) {
    if (!physical) return;
    draft.buses.push({ id: versionTwo(physical.name), kind: 'v2', declared: true, span: resource.span });
  },
};

/** Filters and exactly one target. */
export const subscriberV2: ResourceKind = {
  type: 'AWS::EventsV2::Subscriber',
  read(reading) {
    const { properties, resource, draft, id } = reading;
    const from = busArn(reading);
    const invoke = properties.object('InvokeConfiguration');
    const to = invoke && placeIn(invoke, 'TargetArn');
    if (!from) return;
    draft.routes.push({
      id,
      kind: 'subscriber',
      name: resource.logicalId,
      from,
      filter: filterOf(reading),
      state: stateOf(properties.text('State')),
      targets:
        to?.kind === 'address'
          ? [
              {
                id: 'Target',
                to,
                arn: to.text,
                shaping: { kind: 'event' },
                ...delivery(properties),
                ...failureArn(reading),
                ...(properties.node ? { parameters: properties.node } : {}),
                span: invoke!.span,
              },
            ]
          : [],
      ...conditional(reading),
      span: resource.span,
    });
  },
};

/** Events of AWS services, by a rule on the default bus that EventBridge manages itself. */
export const eventSourceV2: ResourceKind = {
  type: 'AWS::EventsV2::EventSource',
  read(reading) {
    const { properties, resource, draft, collector, id } = reading;
    const to = busArn(reading);
    const config = properties.object('Configuration')?.object('AwsServiceEventsConfiguration');
    if (to?.kind !== 'bus' || !config) return;
    const pattern = config.raw('Pattern');
    const where = `${resource.logicalId}.Pattern`;
    draft.routes.push({
      id,
      kind: 'rule',
      name: resource.logicalId,
      managedBy: 'events.amazonaws.com',
      from: { kind: 'bus', reference: 'default', span: resource.span },
      filter: pattern
        ? patternFilter(pattern, where, 'rule', collector)
        : { kind: 'unknown', why: `all events of ${config.text('AwsService') ?? 'a service'}` },
      state: 'enabled',
      targets: [{ id: 'bus', to, arn: to.reference, shaping: { kind: 'event' }, span: resource.span }],
      ...conditional(reading),
      span: resource.span,
    });
  },
};

function busArn({ properties }: Reading): Place | undefined {
  const node = properties.raw('EventBusArn');
  const reference = properties.text('EventBusArn');
  return node && reference ? { kind: 'bus', reference, span: node.span } : undefined;
}

function failureArn({ properties }: Reading): { deadLetterArn?: string } {
  const deadLetterArn = properties.object('OnFailureConfiguration')?.text('Arn');
  return deadLetterArn === undefined ? {} : { deadLetterArn };
}

/** All filters must match; the one on DATA sees the event's envelope, those on metadata do not. */
function filterOf({ properties, resource, collector }: Reading): Filter {
  const where = `${resource.logicalId}.FilterConfiguration`;
  const filters = properties.object('FilterConfiguration')?.objects('Filters') ?? [];
  const other = filters.find((filter) => filter.text('Scope') !== 'DATA');
  if (other) return { kind: 'unknown', why: `${where} looks at metadata`, span: other.span };
  const pattern = filters[0]?.raw('Pattern');
  return pattern ? patternFilter(pattern, where, 'subscriber', collector) : { kind: 'everything' };
}
