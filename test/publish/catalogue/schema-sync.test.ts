import { describe, expect, it } from 'vitest';
import { cli, folderWith } from '../../support/cli.ts';

const template = (pattern: string, action: string) => `
AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Resources:
  Sync:
    Type: AWS::Serverless::Function
    Properties:
      Policies: [{ Statement: [{ Effect: Allow, Action: [${action}], Resource: '*' }] }]
      Events: { Changed: { Type: EventBridgeRule, Properties: { Pattern: ${pattern} } } }
`;

async function loops(pattern: string, action: string) {
  const folder = folderWith({ 'template.yaml': template(pattern, action) });
  const { out } = await cli(['check', '--format', 'json'], folder);
  const report = JSON.parse(out) as { loops: { path: string; verdict: string }[] };
  return report.loops.map(({ verdict }) => verdict);
}

describe('a sync of the schema registry', () => {
  it.each([
    ['{ source: [aws.schemas] }', 'schemas:UpdateSchema'],
    ['{ source: [aws.schemas], detail-type: [Schema Created] }', "'schemas:Create*'"],
    ['{ detail-type: [Schema Version Created] }', "'schemas:*'"],
  ])('may start itself again: %s with %s', async (pattern, action) => {
    const found = await loops(pattern, action);
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found)).toEqual(new Set(['possible']));
  });

  it.each([
    ['{ source: [aws.schemas] }', 'schemas:DescribeSchema'],
    ['{ source: [aws.schemas] }', "'s3:*'"],
    ['{ source: [aws.schemas], detail-type: [Schema Created] }', 'schemas:UpdateSchema'],
    ['{ source: [aws.s3] }', "'schemas:*'"],
  ])('does not: %s with %s', async (pattern, action) => {
    expect(await loops(pattern, action)).toEqual([]);
  });
});
