import { fileURLToPath } from 'node:url';
import { Duration } from 'aws-cdk-lib';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

export interface HandlerProps {
  /** The system whose handlers it runs. */
  readonly system: 'before' | 'after';
  /** The file in its src/ whose handler it runs. */
  readonly file: string;
  readonly functionName?: string;
  readonly concurrency?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** The bus it publishes on, and the source of what it publishes. */
  readonly publishes?: { readonly bus: EventBus; readonly source: string };
  /** The foundation model it asks. */
  readonly model?: string;
  /** What Busproof is told about it; its role alone does not say which events they are. */
  readonly declared: Readonly<Record<string, unknown>>;
}

/** A Lambda function of MangaAssist. */
export class Handler extends lambda.Function {
  constructor(scope: Construct, id: string, props: HandlerProps) {
    const { system, file, functionName, concurrency, environment, publishes, model, declared } = props;
    super(scope, id, {
      ...(functionName === undefined ? {} : { functionName }),
      ...(concurrency === undefined ? {} : { reservedConcurrentExecutions: concurrency }),
      code: lambda.Code.fromAsset(fileURLToPath(new URL(`../../${system}/src`, import.meta.url))),
      handler: `${file}.handler`,
      runtime: lambda.Runtime.NODEJS_22_X,
      architecture: lambda.Architecture.ARM_64,
      memorySize: 512,
      timeout: Duration.seconds(15),
      environment: {
        ...(publishes ? { BUS_NAME: publishes.bus.eventBusName } : {}),
        ...(model === undefined ? {} : { MODEL_ID: model }),
        ...environment,
      },
    });
    if (publishes) {
      this.addToRolePolicy(
        new PolicyStatement({
          actions: ['events:PutEvents'],
          resources: [publishes.bus.eventBusArn],
          conditions: { StringEquals: { 'events:source': publishes.source } },
        }),
      );
    }
    if (model !== undefined) {
      const arn = this.stack.formatArn({
        service: 'bedrock',
        account: '',
        resource: 'foundation-model',
        resourceName: model,
      });
      this.addToRolePolicy(new PolicyStatement({ actions: ['bedrock:InvokeModel'], resources: [arn] }));
    }
    (this.node.defaultChild as lambda.CfnFunction).addMetadata('Busproof', declared);
  }
}
