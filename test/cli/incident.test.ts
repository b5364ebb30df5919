import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { cli, folderWith } from '../support/cli.ts';

const looping = `AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Letters: { Type: AWS::SQS::Queue }
  AuditRule:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: { source: [{ prefix: shop. }] }
      Targets: [{ Id: a, Arn: !GetAtt Audit.Arn, DeadLetterConfig: { Arn: !GetAtt Letters.Arn } }]
  Other:
    Type: AWS::Events::Rule
    Properties:
      Name: it's other
      EventPattern: { source: [shop.orders] }
      Targets: [{ Id: a, Arn: !GetAtt Quiet.Arn, DeadLetterConfig: { Arn: !GetAtt Letters.Arn } }]
  Quiet: { Type: AWS::Lambda::Function, Metadata: { Busproof: { publishes: [] } } }
  Audit:
    Type: AWS::Lambda::Function
    Metadata: { Busproof: { publishes: [{ event: shop.audit@Seen, bus: default, depth: copy, stage: copy }] } }
`;

describe('busproof incident plan', () => {
  it('tells the rule, what it keeps back, and commands that a shell can read', async () => {
    const folder = folderWith({ 'template.yaml': looping });
    const { code, out } = await cli(['incident', 'plan', '--format', 'json'], folder);
    expect(code).toBe(0);
    const plan = JSON.parse(out);
    expect(plan.exact).toBe(true);
    expect(plan.disable).toMatchObject([
      {
        rule: 'AuditRule',
        bus: 'default',
        undelivered: [{ event: 'shop.audit@Seen', to: ['Audit'], goesRound: true }],
      },
    ]);
    const commands: string[] = plan.steps.flatMap((step: { commands: string[] }) => step.commands);
    expect(commands).toContain('aws events disable-rule --name "$RULE_1" --event-bus-name default');
    expect(commands.find((line) => line.startsWith('RULE_1='))).toContain('--logical-resource-id AuditRule');
    expect(
      commands.some(
        (line) => line.startsWith('# aws sqs purge-queue') && line.includes("it's other uses it too"),
      ),
    ).toBe(true);
    // The text is a script: comments and commands, but for what stands before the first step.
    const text = (await cli(['incident', 'plan'], folder)).out;
    const script = text.slice(text.indexOf('# 1. '));
    expect(spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: '',
    });
  });

  it('has nothing to do where nothing goes round', async () => {
    const folder = folderWith({ 'template.yaml': looping.replace('prefix: shop.', 'prefix: shop.orders') });
    const { code, out } = await cli(['incident', 'plan'], folder);
    expect([code, out]).toEqual([0, 'no endless loop was found: there is no rule to disable\n']);
    expect((await cli(['incident', 'plan', '--possible'], folder)).out).toMatch(
      /^no endless or possible loop was found/,
    );
    expect((await cli(['incident', 'stop'], folder)).err).toContain('there is no action "stop"; say plan');
    expect((await cli(['incident'], folder)).code).toBe(2);
  });
});
