import { describe, expect, it } from 'vitest';
import { cli, folderWith } from '../support/cli.ts';

const template = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Bus: { Type: AWS::Events::EventBus, Properties: { Name: orders } }
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: orders.handler
      CodeUri: src/
      Runtime: nodejs22.x
      Environment: { Variables: { BUS: !Ref Bus } }
      Policies: [{ EventBridgePutEventsPolicy: { EventBusName: !Ref Bus } }]
  Quiet: { Type: AWS::Serverless::Function, Properties: { Handler: quiet.handler, Runtime: java21 } }
  Java:
    Type: AWS::Serverless::Function
    Properties: { Handler: shop.Java, Runtime: java21, Policies: [AmazonEventBridgeFullAccess] }
`;
const code = `import { EventBridge } from '@aws-sdk/client-eventbridge';
const entry = (DetailType: string) => ({ Source: 'shop', DetailType, EventBusName: process.env.BUS, Detail: '{}' });
export const handler = async () => new EventBridge().putEvents({ Entries: ['Placed', 'Paid'].map(entry) });
`;

const files = { 'template.yaml': template, 'src/orders.ts': code };

describe('busproof publishers', () => {
  it('lists who publishes what, on what evidence, at which place', async () => {
    const { code: exit, out } = await cli(['publishers'], folderWith(files));
    expect(exit).toBe(0);
    expect(out).toContain(
      [
        'Orders',
        '  shop@Placed  on orders  (code: PutEvents in its code, src/orders.ts:2:40, not in answer to an event)',
        '  shop@Paid  on orders  (code: PutEvents in its code, src/orders.ts:2:40, not in answer to an event)',
        '',
        'Quiet',
        '  nothing: iam: its role allows no events:PutEvents',
      ].join('\n'),
    );
    expect(out).toContain('Java\n  some event  on some bus  (iam: its role allows events:PutEvents');
    expect(out).toContain('info publisher/wide-role  the role of Orders allows events of every source');
  });

  it('does so in JSON', async () => {
    const { out } = await cli(['publishers', '--format', 'json'], folderWith(files));
    const { components, findings } = JSON.parse(out);
    expect(components.map(({ name }: { name: string }) => name)).toEqual(['Orders', 'Quiet', 'Java']);
    expect(components[0].publishes[0]).toMatchObject({
      source: 'shop',
      detailType: 'Placed',
      bus: 'orders',
      inAnswerToAnEvent: false,
      evidence: { kind: 'code', place: 'src/orders.ts:2:40' },
    });
    expect(components[1].silent).toMatchObject({ kind: 'iam' });
    expect(findings[0]).toMatchObject({ code: 'publisher/wide-role', severity: 'info' });
  });
});
