import { arnOf } from '../arn.ts';
import type { ResourceKind } from '../resource-kind.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-apidestination.html */
export const eventsApiDestination: ResourceKind = {
  type: 'AWS::Events::ApiDestination',
  component: 'api-destination',
  identity: {
    nameProperty: 'Name',
    arn: (name, environment, unknown) =>
      arnOf(environment, 'events', `api-destination/${name}/${unknown('Id')}`),
    ref: 'name',
  },
};
