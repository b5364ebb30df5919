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
    reading.draft.attempts.push({ of: itself(reading), count: receiptsOf(reading, policy) });
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

/** Seconds, of a queue that says nothing else (AWS::SQS::Queue). */
const RETENTION = 345_600;
const VISIBILITY = 30;

/**
 * How often a message is handed out at most that nobody deletes: as the redrive policy says, else once after each
 * visibility timeout for as long as it is kept.
 */
function receiptsOf({ properties }: Reading, policy: Shape | undefined): number {
  const most = policy?.number('maxReceiveCount');
  if (most !== undefined && most > 0) return most;
  const kept = properties.number('MessageRetentionPeriod') ?? RETENTION;
  return Math.max(1, Math.ceil(kept / Math.max(1, properties.number('VisibilityTimeout') ?? VISIBILITY)));
}

/** An object, or its JSON text. */
function redrivePolicy({ properties, resource, collector }: Reading): Shape | undefined {
  const node = properties.raw('RedrivePolicy');
  if (node?.kind !== 'string') return properties.object('RedrivePolicy');
  const { value } = parseEmbeddedJson(node);
  return value && new Shape(value, `${resource.logicalId}.RedrivePolicy`, node.span, collector);
}
