import { arnOf } from '../arn.ts';
import type { Identity } from '../identity.ts';
import { conditional, itself, placeIn, type Reading } from '../reading.ts';
import type { ResourceKind } from '../resource-kind.ts';

export const functionIdentity: Identity = {
  nameProperty: 'FunctionName',
  arn: (name, environment) => arnOf(environment, 'lambda', `function:${name}`),
  ref: 'name',
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html */
export const lambdaFunction: ResourceKind = {
  type: 'AWS::Lambda::Function',
  component: 'function',
  identity: functionIdentity,
  read(reading) {
    deadLetters(reading, 'DeadLetterConfig');
  },
};

/** Where Lambda puts an event it gave up on: the event as it came, after the retries. */
export function deadLetters(reading: Reading, key: string): void {
  const { properties, resource, draft, id } = reading;
  const config = properties.object(key);
  const to = config && placeIn(config, 'TargetArn');
  if (!config || to?.kind !== 'address') return;
  draft.routes.push({
    id: `${id}.${key}`,
    kind: 'redrive',
    name: `${resource.logicalId}.${key}`,
    from: itself(reading),
    filter: { kind: 'everything' },
    state: 'enabled',
    targets: [{ id: key, to, arn: to.text, shaping: { kind: 'event' }, span: config.span }],
    ...conditional(reading),
    span: config.span,
  });
}
