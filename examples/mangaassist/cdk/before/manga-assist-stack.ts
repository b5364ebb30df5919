import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { EventBus, Match, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { Entries } from '../lib/entries.ts';
import { Handler } from '../lib/function.ts';

const model = 'anthropic.claude-3-haiku-20240307-v1:0';

export class MangaAssistStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, { description: "MangaAssist's events", ...props });
    const system = 'before';
    const bus = new EventBus(this, 'MangaAssistBus', { eventBusName: 'MangaAssist-AI-Events' });
    const deadLetterQueue = new Queue(this, 'EventBridgeDLQ', {
      queueName: 'EventBridge-DLQ',
      retentionPeriod: Duration.days(14),
    });

    // What stands behind the rules.
    const follows = { bus: bus.eventBusName, depth: 'copy', stage: 'copy' };
    const moderation = new Handler(this, 'ModerationFunction', {
      system,
      file: 'moderation',
      publishes: { bus, source: 'mangaassist.reviews' },
      declared: {
        publishes: ['ModerationFlagged', 'ReviewApproved'].map((name) => ({
          event: `mangaassist.reviews@${name}`,
          after: ['mangaassist.reviews@ReviewSubmitted'],
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
        publishes: [{ event: 'mangaassist.ai@SuggestionGenerated', after: '*', ...follows }],
      },
    });
    const analytics = new Handler(this, 'AnalyticsFunction', {
      system,
      file: 'analytics',
      model,
      publishes: { bus, source: 'mangaassist.ai' },
      declared: {
        callsModel: true,
        publishes: [{ event: 'mangaassist.ai@AnalyticsProcessed', after: '*', ...follows }],
      },
    });

    // The rules.
    const target = (handler: Handler): LambdaFunction =>
      new LambdaFunction(handler, { deadLetterQueue, retryAttempts: 4, maxEventAge: Duration.hours(1) });
    new Rule(this, 'ReviewSubmittedRule', {
      ruleName: 'MangaAssist-ReviewSubmitted',
      description: 'Every new review goes through moderation.',
      eventBus: bus,
      eventPattern: { source: ['mangaassist.reviews'], detailType: ['ReviewSubmitted'] },
      targets: [target(moderation)],
    });
    new Rule(this, 'ModerationSuggestionRule', {
      ruleName: 'MangaAssist-ModerationSuggestion',
      description: 'A flagged review gets a drafted answer.',
      eventBus: bus,
      eventPattern: { source: ['mangaassist.reviews'], detailType: ['ModerationFlagged'] },
      targets: [target(suggestion)],
    });
    new Rule(this, 'AllEventsAnalyticsRule', {
      ruleName: 'MangaAssist-AllEvents-Analytics',
      description:
        'Everything that happens is labelled for the analysts, and answered where an answer helps.',
      eventBus: bus,
      eventPattern: { source: Match.prefix('mangaassist.') },
      targets: [target(analytics), target(suggestion)],
    });

    new Entries(this, 'Entries', { system, bus });
  }
}
