import { describe, expect, it } from 'vitest';
import { load } from './support/loading.ts';

const service = `service: shop
provider: {name: aws, stage: "\${opt:stage, 'dev'}"}
custom: {bus: 'shop-\${self:provider.stage}', other: "\${env:OTHER}"}
functions:
  send-mail:
    handler: a.b
    events:
      - eventBridge: {eventBus: "\${self:custom.bus}", pattern: {source: [a]}}
      - eventBridge: {eventBus: !GetAtt Own.Arn, pattern: {source: [a]}, enabled: false, input: '{}'}
      - eventBridge: {schedule: rate(1 day)}
      - schedule: rate(1 hour)
      - sqs: {arn: !GetAtt Queue.Arn}
      - sqs: arn:aws:sqs:eu-west-1:111122223333:other
      - http: {path: /x, method: get}
      - unheard: x
    destinations: {onFailure: !GetAtt Queue.Arn}
  unknown:
    handler: a.c
    events:
      - eventBridge: {eventBus: "\${self:custom.other}", pattern: "\${file(patterns.yml):orders}"}
resources:
  - \${file(queues.yml):resources}
  - Resources:
      Own: {Type: AWS::Events::EventBus, Properties: {Name: own}}
      R: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [a]}, Targets: [{Id: t, Arn: !GetAtt SendDashmailLambdaFunction.Arn}]}}
`;
const queues = `resources:
  Resources:
    Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: "\${self:service}-queue"}}
`;

describe('a Serverless service', () => {
  const loaded = load({ 'svc/serverless.yml': service, 'svc/queues.yml': queues });

  it('has its functions, their events and its resources, files it includes too', () => {
    expect(loaded.lines).toEqual([
      'rule R: bus default -> function SendDashmailLambdaFunction',
      'rule SendDashmailLambdaFunctionEvent1: bus shop-dev -> function SendDashmailLambdaFunction',
      'rule SendDashmailLambdaFunctionEvent2 (disabled): bus own -> function SendDashmailLambdaFunction',
      'rule SendDashmailLambdaFunctionEvent3: bus default [nothing] -> function SendDashmailLambdaFunction',
      'rule SendDashmailLambdaFunctionEvent4: bus default [nothing] -> function SendDashmailLambdaFunction',
      'event-source-mapping SendDashmailLambdaFunctionEvent5: queue Queue [everything] -> function SendDashmailLambdaFunction',
      'event-source-mapping SendDashmailLambdaFunctionEvent6: undeclared queue other [everything] -> function SendDashmailLambdaFunction',
      'notification SendDashmailLambdaFunctionEvent7: outside [everything] -> function SendDashmailLambdaFunction',
      'destination SendDashmailLambdaFunction.onFailure: function SendDashmailLambdaFunction [everything] -> queue Queue',
      'rule UnknownLambdaFunctionEvent1: bus ${sls env:OTHER} [unknown] -> function UnknownLambdaFunction',
    ]);
  });

  it('creates the bus that an event names by a plain text', () => {
    const declared = loaded.buses.filter((bus) => bus.declared).map(({ id }) => id);
    expect(declared).toEqual(['default', 'own', 'shop-dev']);
  });

  it('counts its rules, and says that it was read without the Framework', () => {
    expect(loaded.templates).toEqual([{ path: 'svc/serverless.yml', rulesFound: 6, rulesLoaded: 6 }]);
    expect(loaded.diagnostics.map(({ code }) => code)).toEqual([
      'template/best-effort',
      'template/unresolved-pattern',
    ]);
  });

  it('knows its functions by the names the Framework gives them', () => {
    const mail = loaded.components.find(({ name }) => name === 'SendDashmailLambdaFunction');
    expect(mail?.addresses).toContain('shop-dev-send-mail');
  });

  it('ends when variables lead round in a circle', () => {
    const circle = `service: x
provider: {name: aws}
custom: {a: "\${self:custom.b}", b: "\${self:custom.a}", c: "\${self:custom}"}
functions: {f: {handler: "\${self:custom.a}", events: [{eventBridge: {eventBus: "\${self:custom.c}", pattern: {source: [a]}}}]}}`;
    expect(load({ 'serverless.yml': circle }).routes.length).toBe(1);
  });
});
