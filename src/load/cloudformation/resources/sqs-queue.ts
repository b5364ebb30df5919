import { parseEmbeddedJson } from '../../../json/embedded.ts';
import { Shape } from '../../shape.ts';
import { arnOf } from '../arn.ts';
import type { Physical } from '../identity.ts';
import { conditional, itself, placeIn, type Reading } from '../reading.ts';
import type { ResourceKind } from '../resource-kind.ts';

function url({ name, environment }: Physical): string {
  const { region, account, urlSuffix } = environment;
  return `https://sqs.${region}.${urlSuffix}/${account}/${name}`;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html */
export const sqsQueue: ResourceKind = {
  type: 'AWS::SQS::Queue',
  component: 'queue',
  identity: {
    nameProperty: 'QueueName',
    arn: (name, environment) => arnOf(environment, 'sqs', name),
    ref: url,
    attributes: { QueueUrl: url },
  },
  read(reading) {
    const policy = redrivePolicy(reading);
    const to = policy && placeIn(policy, 'deadLetterTargetArn', 'sqs');
    if (!policy || to?.kind !== 'address') return;
    const { draft, id, resource } = reading;
    draft.routes.push({
      id: `${id}.RedrivePolicy`,
      kind: 'redrive',
      name: `${resource.logicalId}.RedrivePolicy`,
      from: itself(reading),
      filter: { kind: 'everything' },
      state: 'enabled',
      targets: [{ id: 'RedrivePolicy', to, arn: to.text, shaping: { kind: 'event' }, span: policy.span }],
      ...conditional(reading),
      span: policy.span,
    });
  },
};

/** An object, or its JSON text. */
function redrivePolicy({ properties, resource, collector }: Reading): Shape | undefined {
  const node = properties.raw('RedrivePolicy');
  if (node?.kind !== 'string') return properties.object('RedrivePolicy');
  const { value } = parseEmbeddedJson(node);
  return value && new Shape(value, `${resource.logicalId}.RedrivePolicy`, node.span, collector);
}
