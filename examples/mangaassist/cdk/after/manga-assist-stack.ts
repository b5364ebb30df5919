import { Duration, RemovalPolicy, Size, Stack, type StackProps } from 'aws-cdk-lib';
import { ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Compression, DeliveryStream, S3Bucket } from 'aws-cdk-lib/aws-kinesisfirehose';
import { BlockPublicAccess, Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription, UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { Entries } from '../lib/entries.ts';
import { Handler } from '../lib/function.ts';

const model = 'anthropic.claude-3-haiku-20240307-v1:0';

export interface MangaAssistStackProps extends StackProps {
  /** Where people are called when the circuit breaker trips. */
  readonly pagerDutyUrl?: string;
}

export class MangaAssistStack extends Stack {
  constructor(scope: Construct, id: string, { pagerDutyUrl, ...props }: MangaAssistStackProps = {}) {
    super(scope, id, { description: "MangaAssist's events", ...props });
    const system = 'after';
    const bus = new EventBus(this, 'MangaAssistBus', { eventBusName: 'MangaAssist-AI-Events' });
    const deadLetterQueue = new Queue(this, 'EventBridgeDLQ', {
      queueName: 'EventBridge-DLQ',
      retentionPeriod: Duration.days(14),
    });

    // What stands behind the rules.
    const follows = { bus: bus.eventBusName, depth: 'increment' };
    const moderation = new Handler(this, 'ModerationFunction', {
      system,
      file: 'moderation',
      publishes: { bus, source: 'mangaassist.reviews' },
      declared: {
        rejectsAtDepth: 3,
        publishes: ['ModerationFlagged', 'ReviewApproved'].map((name) => ({
          event: `mangaassist.reviews@${name}`,
          after: ['mangaassist.reviews@ReviewSubmitted'],
          stage: 'copy',
          ...follows,
        })),
      },
    });
    const suggestion = new Handler(this, 'SuggestionFunction', {
      system,
      file: 'suggestion',
      model,
      publishes: { bus, source: 'mangaassist.ai' },
      declared: {
        callsModel: true,
        rejectsAtDepth: 3,
        publishes: [
          { event: 'mangaassist.ai@SuggestionGenerated', after: '*', stage: 'processed', ...follows },
        ],
      },
    });
    const analytics = new Handler(this, 'AnalyticsFunction', {
      system,
      file: 'analytics',
      model,
      publishes: { bus, source: 'mangaassist.ai' },
      declared: {
        callsModel: true,
        rejectsAtDepth: 3,
        publishes: [
          { event: 'mangaassist.ai@AnalyticsProcessed', after: '*', stage: 'processed', ...follows },
        ],
      },
    });

    // Where the models' own events end.
    const bucket = new Bucket(this, 'AiAnalyticsBucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const stream = new DeliveryStream(this, 'AiAnalyticsStream', {
      destination: new S3Bucket(bucket as IBucket, {
        bufferingInterval: Duration.minutes(5),
        bufferingSize: Size.mebibytes(16),
        compression: Compression.GZIP,
      }),
    });
    const terminal = new Handler(this, 'AiAnalyticsTerminalFunction', {
      system,
      file: 'ai-analytics-terminal',
      environment: { STREAM_NAME: stream.deliveryStreamName },
      declared: { publishes: [] },
    });
    terminal.addToRolePolicy(
      new PolicyStatement({ actions: ['firehose:PutRecord'], resources: [stream.deliveryStreamArn] }),
    );

    // The rules.
    const target = (handler: Handler): LambdaFunction =>
      new LambdaFunction(handler, { deadLetterQueue, retryAttempts: 4, maxEventAge: Duration.hours(1) });
    const reviewSubmitted = new Rule(this, 'ReviewSubmittedRule', {
      ruleName: 'MangaAssist-ReviewSubmitted',
      description: 'Every new review goes through moderation.',
      eventBus: bus,
      eventPattern: { source: ['mangaassist.reviews'], detailType: ['ReviewSubmitted'] },
      targets: [target(moderation)],
    });
    const moderationSuggestion = new Rule(this, 'ModerationSuggestionRule', {
      ruleName: 'MangaAssist-ModerationSuggestion',
      description: 'A flagged review gets a drafted answer.',
      eventBus: bus,
      eventPattern: {
        source: ['mangaassist.reviews'],
        detailType: ['ModerationFlagged'],
        detail: { processing_stage: ['raw'] },
      },
      targets: [target(suggestion)],
    });
    const allEventsAnalytics = new Rule(this, 'AllEventsAnalyticsRule', {
      ruleName: 'MangaAssist-AllEvents-Analytics',
      description:
        'Everything that happens is labelled for the analysts, and answered where an answer helps.',
      eventBus: bus,
      eventPattern: {
        source: ['mangaassist.chat', 'mangaassist.payments', 'mangaassist.reviews', 'mangaassist.catalog'],
        detail: { processing_stage: ['raw'] },
      },
      targets: [target(analytics), target(suggestion)],
    });

    new Rule(this, 'AiAnalyticsTerminalRule', {
      ruleName: 'MangaAssist-AI-Analytics-Terminal',
      description: 'The events of our own models are kept for the analysts, and end there.',
      eventBus: bus,
      eventPattern: { source: ['mangaassist.ai'] },
      targets: [target(terminal)],
    });

    // The circuit breaker.
    const rules = [allEventsAnalytics, moderationSuggestion, reviewSubmitted];
    const ruleNames = [
      'MangaAssist-AllEvents-Analytics',
      'MangaAssist-ModerationSuggestion',
      'MangaAssist-ReviewSubmitted',
    ];
    const disabler = new Handler(this, 'RuleDisablerFunction', {
      system,
      file: 'rule-disabler',
      concurrency: 1, // it must run when the loop has taken all the rest
      environment: { RULE_NAMES: ruleNames.join(',') },
      declared: { publishes: [], disables: ruleNames },
    });
    disabler.addToRolePolicy(
      new PolicyStatement({
        actions: ['events:DisableRule'],
        resources: rules.map(({ ruleArn }) => ruleArn),
      }),
    );
    const topic = new Topic(this, 'CircuitBreakerTopic', { topicName: 'MangaAssist-CircuitBreaker' });
    topic.addSubscription(new LambdaSubscription(disabler));
    if (pagerDutyUrl !== undefined) topic.addSubscription(new UrlSubscription(pagerDutyUrl));
    new Metric({
      namespace: 'AWS/Bedrock',
      metricName: 'Invocations',
      dimensionsMap: { ModelId: model },
      statistic: 'Sum',
      period: Duration.minutes(5),
    })
      .createAlarm(this, 'ModelInvocationsAlarm', {
        alarmName: 'MangaAssist-ModelInvocations',
        alarmDescription: 'More calls of the model in five minutes than any ordinary day has.',
        evaluationPeriods: 1,
        threshold: 10_000,
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      })
      .addAlarmAction(new SnsAction(topic));

    new Entries(this, 'Entries', { system, bus });
  }
}
