import { arnOf } from '../arn.ts';
import type { ResourceKind } from '../resource-kind.ts';

/** Its value is found by path, wherever a template reads the Parameter Store. */
export const ssmParameter: ResourceKind = {
  type: 'AWS::SSM::Parameter',
  identity: {
    nameProperty: 'Name',
    arn: (name, environment) => arnOf(environment, 'ssm', `parameter/${name.replace(/^\//, '')}`),
    ref: 'name',
  },
};
