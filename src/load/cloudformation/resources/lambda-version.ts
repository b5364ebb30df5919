import { arnOf, type Environment } from '../arn.ts';
import type { Identity } from '../identity.ts';
import type { ResourceKind } from '../resource-kind.ts';

/** A version or alias is its function's ARN with something behind it; both are known by the function. */
const identity: Identity = {
  nameProperty: 'FunctionName',
  arn: (name, environment, unknown) => `${functionArn(name, environment)}:${unknown('Qualifier')}`,
  ref: 'arn',
  borrowed: true,
};

function functionArn(nameOrArn: string, environment: Environment): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : arnOf(environment, 'lambda', `function:${nameOrArn}`);
}

export const lambdaVersion: ResourceKind = { type: 'AWS::Lambda::Version', identity };
export const lambdaAlias: ResourceKind = { type: 'AWS::Lambda::Alias', identity };
