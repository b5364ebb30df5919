import { arnOf } from '../arn.ts';
import { conditional, placeIn } from '../reading.ts';
import type { ResourceKind } from '../resource-kind.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html */
export const logGroup: ResourceKind = {
  type: 'AWS::Logs::LogGroup',
  component: 'log-group',
  identity: {
    nameProperty: 'LogGroupName',
    arn: (name, environment) => arnOf(environment, 'logs', `log-group:${name}:*`),
    ref: 'name',
  },
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-subscriptionfilter.html */
export const logSubscription: ResourceKind = {
  type: 'AWS::Logs::SubscriptionFilter',
  read(reading) {
    const { properties, resource, draft, id } = reading;
    const from = placeIn(properties, 'LogGroupName', 'logs');
    const to = placeIn(properties, 'DestinationArn');
    if (!from || to?.kind !== 'address') return;
    const everything = properties.text('FilterPattern') === '';
    draft.routes.push({
      id,
      kind: 'subscription',
      name: resource.logicalId,
      from,
      filter: everything
        ? { kind: 'everything' }
        : { kind: 'unknown', why: `${resource.logicalId} takes only some log events` },
      state: 'enabled',
      targets: [
        { id: resource.logicalId, to, arn: to.text, shaping: { kind: 'event' }, span: resource.span },
      ],
      ...conditional(reading),
      span: resource.span,
    });
  },
};
