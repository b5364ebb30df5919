import type { Environment } from '../arn.ts';
import type { ResourceKind } from '../resource-kind.ts';

function arn(kind: 'role' | 'policy', name: string, { partition, account }: Environment): string {
  return `arn:${partition}:iam::${account}:${kind}/${name}`;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html */
export const iamRole: ResourceKind = {
  type: 'AWS::IAM::Role',
  identity: {
    nameProperty: 'RoleName',
    arn: (name, environment) => arn('role', name, environment),
    ref: 'name',
  },
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html */
export const iamManagedPolicy: ResourceKind = {
  type: 'AWS::IAM::ManagedPolicy',
  identity: {
    nameProperty: 'ManagedPolicyName',
    arn: (name, environment) => arn('policy', name, environment),
    ref: 'arn',
    attributes: { PolicyArn: 'arn' },
  },
};
