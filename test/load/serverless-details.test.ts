import { describe, expect, it } from 'vitest';
import { documentOf } from '../../src/json/document.ts';
import { load } from './support/loading.ts';

function service(rest: string, files: Readonly<Record<string, string>> = {}) {
  const text = `service: shop\nprovider: {name: aws, stage: "\${opt:stage, 'dev'}", region: eu-west-1}\n${rest}`;
  return load(
    { 'serverless.yml': text },
    {
      readLocal: (path) => (files[path] === undefined ? undefined : documentOf(path, files[path])),
    },
  );
}

describe('an eventBridge event of a serverless.yml', () => {
  const loaded = service(`
functions:
  audit:
    handler: src/audit.handler
    events:
      - eventBridge:
          name: orders
          eventBus: arn:aws:events:us-east-1:111122223333:event-bus/orders
          pattern: {source: [shop.orders]}
          inputTransformer: {inputPathsMap: {id: $.detail.id}, inputTemplate: '{"id": <id>}'}
          retryPolicy: {maximumEventAge: 600, maximumRetryAttempts: 2}
          deadLetterQueueArn: !GetAtt Dead.Arn
          enabled: false
      - eventBridge: {schedule: rate(1 day), inputPath: $.detail}
      - eventBridge: {eventBus: !ImportValue bus, pattern: {source: [a]}, input: {a: 1}}
resources: {Resources: {Dead: {Type: AWS::SQS::Queue}}}
`);
  const [first, second, third] = loaded.routes;

  it('has every key read', () => {
    expect(loaded.lines[0]).toBe('rule orders (disabled): bus orders -> function AuditLambdaFunction');
    const [target] = first!.targets;
    expect(target!.retry).toEqual({ maxAttempts: 2, maxAgeSeconds: 600 });
    expect(target!.deadLetterArn).toMatch(/:sqs:.*Dead/);
    expect(target!.shaping).toMatchObject({ kind: 'transformer', paths: { id: '$.detail.id' } });
    expect(second).toMatchObject({ schedule: 'rate(1 day)', targets: [{ shaping: { path: '$.detail' } }] });
    expect(third!.targets[0]!.shaping).toMatchObject({ kind: 'constant', text: '{"a":1}' });
  });

  it('does not make a bus of an ARN, which the Framework cuts down to its name', () => {
    expect(loaded.buses.find(({ id }) => id === 'orders')?.declared).toBe(false);
  });
});

describe('a variable of a serverless.yml', () => {
  it.each([
    ['${param:source}', 'shop.of-dev'],
    ['${param:other}', 'shop.of-all'],
    ['${sls:stage}', 'dev'],
    ['${aws:region}', 'eu-west-1'],
    ['${file(./names.yml):source}', 'shop.of-file'],
    ["${env:SOURCE, 'shop.of-default'}", 'shop.of-default'],
    ['${ssm:/shop/source}', 'shop.of-store'],
    ['${self:custom.names.${sls:stage}}', 'shop.of-custom'],
  ])('%s is %s', (variable, value) => {
    const { routes } = service(
      `
params: {default: {source: no, other: shop.of-all}, dev: {source: shop.of-dev}}
custom: {names: {dev: shop.of-custom}}
functions:
  f: {handler: a.b, events: [{eventBridge: {pattern: {source: ["${variable}"]}}}]}
resources: {Resources: {P: {Type: AWS::SSM::Parameter, Properties: {Name: /shop/source, Value: shop.of-store}}}}
`,
      { 'names.yml': 'source: shop.of-file\n' },
    );
    const [{ filter } = { filter: undefined }] = routes;
    expect(filter?.kind === 'pattern' && JSON.stringify(filter.node)).toContain(value);
  });
});
