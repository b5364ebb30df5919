import { arnOf } from '../arn.ts';
import type { ResourceKind } from '../resource-kind.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbus.html */
export const eventsBus: ResourceKind = {
  type: 'AWS::Events::EventBus',
  identity: {
    nameProperty: 'Name',
    arn: (name, environment) => arnOf(environment, 'events', `event-bus/${name}`),
    ref: 'name',
    attributes: { Name: 'name' },
  },
  read({ properties, physical, draft, resource }) {
    const id = physical?.name;
    if (id === undefined) return;
    const kind = properties.has('EventSourceName') || id.startsWith('aws.partner/') ? 'partner' : 'custom';
    draft.buses.push({ id, kind, declared: true, span: resource.span });
  },
};
