import { describe, expect, it } from 'vitest';
import { cli, folderWith } from '../support/cli.ts';

/** A SAM application without any declaration: what it publishes stands in its code only. */
const template = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Bus: { Type: AWS::Events::EventBus, Properties: { Name: shop } }
  Handler:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      CodeUri: src/
      Handler: app.handler
      Environment: { Variables: { BUS: !Ref Bus } }
      Policies: [{ EventBridgePutEventsPolicy: { EventBusName: !Ref Bus } }]
      Events:
        Any: { Type: EventBridgeRule, Properties: { EventBusName: !Ref Bus, Pattern: { source: [{ prefix: shop. }] } } }
`;

const code = (body: string) => `
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
const client = new EventBridgeClient({});
const send = (detail) => client.send(new PutEventsCommand({
  Entries: [{ EventBusName: process.env.BUS, Source: 'shop.mail', DetailType: 'MailSent', Detail: JSON.stringify(detail) }],
}));
export const handler = async (event) => {
${body}
};
`;

async function verdictOf(body: string): Promise<string[]> {
  const { out } = await cli(
    ['check', '--format', 'json'],
    folderWith({ 'template.yaml': template, 'src/app.mjs': code(body) }),
  );
  return (JSON.parse(out) as { loops: { verdict: string }[] }).loops.map(({ verdict }) => verdict);
}

describe('a function whose code publishes what triggers it', () => {
  const cases: [why: string, body: string, verdicts: string[]][] = [
    ['always', 'await send({});', ['endless']],
    ['in a loop over records', 'for (const each of event.detail.items) await send(each);', ['endless']],
    ['whichever branch runs', 'if (event.detail.a) await send({ a: 1 }); await send({});', ['endless']],
    ['under a condition', 'if (event.detail.more) await send({});', ['possible']],
    ['unless it returns early', 'if (event.detail.done) return;\nawait send({});', ['possible']],
    ['never', 'console.log(event);', []],
  ];
  it.each(cases)('%s', async (_why, body, verdicts) => {
    expect(await verdictOf(body)).toEqual(verdicts);
  });
});
