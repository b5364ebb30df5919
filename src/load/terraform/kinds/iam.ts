import type { TerraformKind } from './kind.ts';

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role */
export const role: TerraformKind = {
  type: 'aws_iam_role',
  as: 'AWS::IAM::Role',
  properties: {
    RoleName: 'name',
    AssumeRolePolicyDocument: 'assume_role_policy',
    ManagedPolicyArns: 'managed_policy_arns',
    Policies: { list: 'inline_policy', of: { PolicyName: 'name', PolicyDocument: 'policy' } },
    PermissionsBoundary: 'permissions_boundary',
  },
};

export const rolePolicy: TerraformKind = {
  type: 'aws_iam_role_policy',
  as: 'AWS::IAM::RolePolicy',
  properties: { RoleName: 'role', PolicyName: 'name', PolicyDocument: 'policy' },
};

export const managedPolicy: TerraformKind = {
  type: 'aws_iam_policy',
  as: 'AWS::IAM::ManagedPolicy',
  properties: { ManagedPolicyName: 'name', PolicyDocument: 'policy' },
};

/** Joined to its role. */
export const roleAttachment: TerraformKind = {
  type: 'aws_iam_role_policy_attachment',
  as: 'Terraform::RolePolicyAttachment',
  properties: { Role: 'role', PolicyArn: 'policy_arn' },
};

/** Joined to its roles. */
export const policyAttachment: TerraformKind = {
  type: 'aws_iam_policy_attachment',
  as: 'Terraform::RolePolicyAttachment',
  properties: { Roles: 'roles', PolicyArn: 'policy_arn' },
};

export const iamKinds: readonly TerraformKind[] = [
  role,
  rolePolicy,
  managedPolicy,
  roleAttachment,
  policyAttachment,
];
