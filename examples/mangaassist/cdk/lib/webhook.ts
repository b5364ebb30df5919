import { Duration, SecretValue } from 'aws-cdk-lib';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { Handler } from './function.ts';

export interface WebhookProps {
  readonly system: 'before' | 'after';
  /** Who sends: review, stripe, catalog. */
  readonly sender: string;
  /** The source of the events that the processor publishes, and what they are. */
  readonly source: string;
  readonly events: readonly { readonly name: string; readonly count?: number }[];
  readonly bus: EventBus;
  readonly batchSize?: number;
  readonly receivers?: number;
  readonly processors?: number;
}

/** A webhook: its receiver checks the signature and puts the message into a queue, its processor publishes the event. */
export class Webhook extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, props: WebhookProps) {
    super(scope, id);
    const { system, sender, source, events, bus, batchSize = 10, receivers = 10, processors = 20 } = props;
    const title = `${sender[0]!.toUpperCase()}${sender.slice(1)}`;

    const queue = new Queue(this, 'Queue', {
      queueName: `MangaAssist-${title}-Webhooks`,
      visibilityTimeout: Duration.seconds(90), // six times the processor's timeout
      deadLetterQueue: {
        queue: new Queue(this, 'DLQ', {
          queueName: `MangaAssist-${title}-Webhooks-DLQ`,
          retentionPeriod: Duration.days(14),
        }),
        maxReceiveCount: 5,
      },
    });

    const receiver = new Handler(this, 'ReceiverFunction', {
      system,
      file: `${sender}-webhook-receiver`,
      functionName: `${sender}-webhook-receiver`,
      concurrency: receivers,
      environment: {
        QUEUE_URL: queue.queueUrl,
        WEBHOOK_SECRET: SecretValue.secretsManager('MangaAssist/Webhooks', {
          jsonField: sender,
        }).unsafeUnwrap(),
      },
      declared: { publishes: [] },
    });
    queue.grantSendMessages(receiver);
    // The sender signs instead.
    this.url = receiver.addFunctionUrl({ authType: FunctionUrlAuthType.NONE }).url;

    const processor = new Handler(this, 'ProcessorFunction', {
      system,
      file: `${sender}-processor`,
      functionName: `${sender}-processor`,
      concurrency: processors,
      publishes: { bus, source },
      declared: {
        publishes: events.map(({ name, count }) => ({
          event: `${source}@${name}`,
          bus: bus.eventBusName,
          entry: true,
          ...(count === undefined ? {} : { count }),
          depth: 0,
          stage: 'raw',
        })),
      },
    });
    processor.addEventSource(
      new SqsEventSource(queue, { batchSize, reportBatchItemFailures: true, maxConcurrency: processors }),
    );
  }
}
