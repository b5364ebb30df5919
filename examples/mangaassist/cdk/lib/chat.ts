import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { Handler } from './function.ts';

export interface ChatProps {
  readonly system: 'before' | 'after';
  readonly bus: EventBus;
}

/** The assistant that readers talk to over a WebSocket. */
export class Chat extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, { system, bus }: ChatProps) {
    super(scope, id);
    const entry = { bus: bus.eventBusName, entry: true, depth: 0, stage: 'raw' };
    const handler = new Handler(this, 'Function', {
      system,
      file: 'chat',
      concurrency: 200,
      publishes: { bus, source: 'mangaassist.chat' },
      declared: {
        publishes: [
          { event: 'mangaassist.chat@ChatMessageReceived', ...entry },
          { event: 'mangaassist.chat@ChatSessionEnded', ...entry },
        ],
      },
    });
    const api = new WebSocketApi(this, 'Api', {
      apiName: 'MangaAssist-Chat',
      routeSelectionExpression: '$request.body.action',
      defaultRouteOptions: { integration: new WebSocketLambdaIntegration('MessageIntegration', handler) },
      disconnectRouteOptions: {
        integration: new WebSocketLambdaIntegration('DisconnectIntegration', handler),
      },
    });
    this.url = new WebSocketStage(this, 'Stage', {
      webSocketApi: api,
      stageName: 'live',
      autoDeploy: true,
    }).url;
  }
}
