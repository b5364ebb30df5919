import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, folderWith, projectRoot } from '../support/cli.ts';

const before = readFileSync(join(projectRoot, 'examples/mangaassist/before/template.yaml'), 'utf8');

const shop = (pattern: string): string => `AWSTemplateFormatVersion: '2010-09-09'
Resources:
  AuditRule:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: ${pattern}
      Targets: [{ Id: a, Arn: !GetAtt Audit.Arn }]
  Audit:
    Type: AWS::Lambda::Function
    Metadata: { Busproof: { publishes: [{ event: shop.audit@Seen, bus: default, depth: copy, stage: copy }] } }
`;

describe('busproof fix', () => {
  it('mends MangaAssist as it was before, in one line of the file', async () => {
    const folder = folderWith({
      'template.yaml': before,
      'busproof.config.yaml': `schemas: ${join(projectRoot, 'schemas/mangaassist')}\ntemplates: template.yaml\n`,
    });
    const shown = await cli(['fix'], folder);
    expect(shown.code).toBe(1);
    expect(readFileSync(join(folder, 'template.yaml'), 'utf8')).toBe(before);
    const { code, out } = await cli(['fix', '--write'], folder);
    expect(out).toContain('no endless loop is left');
    expect(code).toBe(0);
    const after = readFileSync(join(folder, 'template.yaml'), 'utf8');
    const changed = after.split('\n').filter((line, i) => line !== before.split('\n')[i]);
    expect(changed).toHaveLength(1);
    expect(readdirSync(folder).sort()).toEqual(['busproof.config.yaml', 'template.yaml']);
    expect((await cli(['check'], folder)).out).not.toContain('loop/endless');
    expect((await cli(['fix'], folder)).code).toBe(0);
  });

  it('tells what to paste where it does not write', async () => {
    const folder = folderWith({ 'template.yaml': shop(`'{"detail-type": ["Seen"]}'`) });
    const { code, out } = await cli(['fix', '--write'], folder);
    expect(code).toBe(1);
    expect(out).toContain('not written by busproof: its pattern is not written out in the file');
    expect(out).toContain('to paste: "source": [{"anything-but":["shop.audit"]}]');
  });

  it('edits no Terraform file', async () => {
    const folder = folderWith({
      'main.tf': `resource "aws_cloudwatch_event_rule" "audit" {
  name          = "audit"
  event_pattern = jsonencode({ "detail-type" = ["Seen"] })
}
resource "aws_cloudwatch_event_target" "audit" {
  rule = aws_cloudwatch_event_rule.audit.name
  arn  = aws_lambda_function.audit.arn
}
resource "aws_lambda_function" "audit" {
  function_name = "audit"
}
`,
      'busproof.config.yaml':
        'components:\n  aws_lambda_function.audit:\n    publishes: [{ event: shop.audit@Seen, bus: default, depth: copy, stage: copy }]\n',
    });
    const { code, out } = await cli(['fix', '--write'], folder);
    expect(out).toContain('only YAML and JSON templates are edited, and main.tf is neither');
    expect(code).toBe(1);
  });

  it('does not choose by itself what lets others in', async () => {
    const folder = folderWith({ 'template.yaml': shop('{ source: [{ prefix: shop. }] }') });
    const { code, out } = await cli(['fix', '--write'], folder);
    expect(out).toContain('sources that its pattern kept out come in');
    expect(code).toBe(1);
    expect((await cli(['fix', '--write', '--choice', '1'], folder)).code).toBe(0);
  });

  it('refuses what names no loop', async () => {
    const folder = folderWith({ 'template.yaml': shop('{ detail-type: [Seen] }') });
    expect((await cli(['fix', '--rule', 'Nope'], folder)).err).toContain('there is no such endless loop');
    expect((await cli(['fix', '--choice', '9'], folder)).err).toContain('there is no edit 9');
    expect((await cli(['fix', '--choice', 'x'], folder)).err).toContain('is the number of an edit');
    expect((await cli(['fix', '--rule', 'AuditRule'], folder)).code).toBe(1);
  });
});
