import { itemsOf, nodeAt } from '../../../json/node.ts';
import type { AccountKind } from '../deployed.ts';
import { listAt, propertiesOf, withMembers } from '../form.ts';

/**
 * A role with its inline policies, and the managed ones by their ARN.
 *
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleDetail.html
 */
export const roles: AccountKind = {
  list: 'roles',
  key: ['Arn', 'RoleName'],
  read(item) {
    const name = item.text('RoleName');
    const id = item.text('Arn');
    const attached = item.at('AttachedManagedPolicies');
    // Of a role whose policies are not all known nobody knows what it allows: then it is not in what was loaded.
    if (name === undefined || id === undefined || !attached || !item.at('RolePolicyList')) return [];
    const arns = itemsOf(attached).flatMap((each) => nodeAt(each, 'PolicyArn') ?? []);
    const properties = withMembers(propertiesOf(item, 'RoleName', ['Policies', 'RolePolicyList']), {
      ManagedPolicyArns: listAt(arns, attached),
    });
    return [{ id, type: 'AWS::IAM::Role', name, properties }];
  },
};

/** A managed policy, the customer's or AWS's own, in the version that is in force. */
export const policies: AccountKind = {
  list: 'policies',
  key: ['Arn', 'PolicyName'],
  read(item) {
    const name = item.text('PolicyName');
    const id = item.text('Arn');
    if (name === undefined || id === undefined || !item.at('Document')) return [];
    const properties = propertiesOf(
      item,
      ['ManagedPolicyName', 'PolicyName'],
      ['PolicyDocument', 'Document'],
    );
    return [{ id, type: 'AWS::IAM::ManagedPolicy', name, properties }];
  },
};
