import { outside } from '../../draft.ts';
import { stateOf } from '../../state.ts';
import { eventFilter } from '../event-filter.ts';
import { pollingOf } from '../polling.ts';
import { conditional, placeIn } from '../reading.ts';
import type { ResourceKind } from '../resource-kind.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html */
export const lambdaEventSourceMapping: ResourceKind = {
  type: 'AWS::Lambda::EventSourceMapping',
  read(reading) {
    const { properties, resource, draft, collector, id } = reading;
    const to = placeIn(properties, 'FunctionName', 'lambda');
    if (to?.kind !== 'address') return;
    const retries = properties.number('MaximumRetryAttempts');
    draft.routes.push({
      id,
      kind: 'event-source-mapping',
      name: resource.logicalId,
      from: placeIn(properties, 'EventSourceArn') ?? outside,
      filter: eventFilter(properties, resource.logicalId, collector),
      state: stateOf(properties.text('Enabled')),
      ...pollingOf(properties),
      targets: [
        {
          id: resource.logicalId,
          to,
          arn: to.text,
          shaping: { kind: 'event' },
          ...(retries === undefined ? {} : { retry: { maxAttempts: retries } }),
          span: resource.span,
        },
      ],
      ...conditional(reading),
      span: resource.span,
    });
  },
};
