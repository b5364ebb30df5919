import { describe, expect, it } from 'vitest';
import { cli, folderWith } from '../support/cli.ts';

const template = (declared: string): string => `
AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Resources:
  Bus: { Type: AWS::Events::EventBus, Properties: { Name: shop } }
  Receive:
    Type: AWS::Serverless::Function
    Properties:
      Handler: receive.handler
      Runtime: nodejs22.x
      CodeUri: src/
      Policies: [{ EventBridgePutEventsPolicy: { EventBusName: !Ref Bus } }]
      Events:
        Orders:
          Type: EventBridgeRule
          Properties: { EventBusName: !Ref Bus, Pattern: { source: [shop], detail-type: [Order] } }
  Retry:
    Type: AWS::Serverless::Function
    Metadata: { Busproof: { publishes: ${declared} } }
    Properties:
      Handler: retry.handler
      Runtime: nodejs22.x
      CodeUri: src/
      Policies: [{ EventBridgePutEventsPolicy: { EventBusName: !Ref Bus } }]
      Events:
        Failures:
          Type: EventBridgeRule
          Properties:
            EventBusName: !Ref Bus
            Pattern: { source: [shop], detail-type: [Failed], detail: { original: { priority: [high] } } }
`;

/** The handler keeps the whole event in what it publishes. */
const receive = `
const { EventBridgeClient, PutEventsCommand } = require('@aws-sdk/client-eventbridge');
const client = new EventBridgeClient({});
exports.handler = async (event) => {
  await client.send(new PutEventsCommand({ Entries: [{
    EventBusName: 'shop', Source: 'shop', DetailType: 'Failed',
    Detail: JSON.stringify({ original: event.detail, reason: 'late' }),
  }] }));
};
`;

const order = { type: 'object', required: ['order_id', 'priority'] };
const priority = { enum: ['low', 'high'] };
const order_id = { type: 'string', pattern: '^o-[0-9]+$' };
const schemas = {
  'schemas/shop@Order.json': { ...order, properties: { order_id, priority } },
  'schemas/shop@Failed.json': {
    type: 'object',
    required: ['original', 'reason'],
    properties: { original: { type: 'object' }, reason: { type: 'string' } },
  },
};

async function check(declared: string) {
  const files = Object.entries(schemas).map(([path, schema]) => [path, JSON.stringify(schema)]);
  const folder = folderWith({
    'template.yaml': template(declared),
    'src/receive.js': receive,
    'src/retry.js': 'exports.handler = async () => {};',
    ...Object.fromEntries(files),
  });
  const { code, out } = await cli(['check', '--format', 'json'], folder);
  return { code, ...(JSON.parse(out) as { findings: { code: string }[]; loops: unknown[] }) };
}

describe('fields that are copied into others', () => {
  it('are followed out of the record in which a handler keeps the event', async () => {
    const fields =
      '{ order_id: { copy: detail.original.order_id }, priority: { copy: detail.original.priority } }';
    const { code, findings, loops } = await check(
      `[{ event: shop@Order, bus: !Ref Bus, fields: ${fields} }]`,
    );
    expect(code).toBe(1);
    expect(findings.map((each) => each.code)).toContain('loop/endless');
    const shown = JSON.stringify(loops);
    expect(shown).toMatch(/"original":\{[^}]*"order_id":"(o-[0-9]+)"/);
    expect(shown).toMatch(/"original":\{[^}]*"priority":"high"/);
  });

  it('stop at a rule that asks the record for what is never put into it', async () => {
    const fields = '{ order_id: { copy: detail.original.order_id }, priority: { set: low } }';
    const { findings } = await check(`[{ event: shop@Order, bus: !Ref Bus, fields: ${fields} }]`);
    expect(findings.map((each) => each.code)).not.toContain('loop/endless');
    expect(findings.map((each) => each.code)).not.toContain('loop/possible');
  });

  it('are refused where the path is none', async () => {
    const { findings } = await check(
      '[{ event: shop@Order, bus: !Ref Bus, fields: { order_id: { copy: order.id } } }]',
    );
    expect(findings).toContainEqual(
      expect.objectContaining({
        severity: 'error',
        message: expect.stringContaining('{ copy: detail.PATH }'),
        place: expect.objectContaining({ file: 'template.yaml', line: 19 }),
      }),
    );
  });
});
