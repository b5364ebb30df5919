import { describe, expect, it } from 'vitest';
import { cli, folderWith } from '../support/cli.ts';

const rule = (pattern: string, rest = '') => `
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Bus: { Type: AWS::Events::EventBus, Properties: { Name: shop } }
  Handler: { Type: AWS::Lambda::Function, Properties: { FunctionName: handler } }
  Rule:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref Bus
      EventPattern: ${pattern}
      Targets: [{ Id: one, Arn: !GetAtt Handler.Arn }]
${rest}`;

const good = rule('{ source: [shop.orders] }');

interface Found {
  readonly code: string;
  readonly place?: { readonly file: string; readonly line: number; readonly column: number };
}

async function findings(files: Record<string, string>): Promise<{ exit: number; found: Found[] }> {
  const result = await cli(['check', '--format', 'json'], folderWith(files));
  const found = result.out === '' ? [] : (JSON.parse(result.out) as { findings: Found[] }).findings;
  return { exit: result.code, found };
}

describe('bad input', () => {
  const cases: [name: string, files: Record<string, string>, code: string, file: string, line: number][] = [
    ['a broken YAML file', { 'a.yaml': good, 'b.yaml': `${good}\n  : [` }, 'input/syntax', 'b.yaml', 13],
    [
      'a pattern AWS would refuse',
      { 'a.yaml': rule('{ source: [{ prefix: a, suffix: b }] }') },
      'pattern/invalid',
      'a.yaml',
      10,
    ],
    [
      'a rule on a bus that is not there',
      { 'a.yaml': good.replace('!Ref Bus', '!Ref Buss') },
      'template/undefined-reference',
      'a.yaml',
      9,
    ],
    [
      'a target that points nowhere',
      { 'a.yaml': good.replace('Handler.Arn', 'Handlr.Arn') },
      'template/undefined-reference',
      'a.yaml',
      11,
    ],
    [
      'a schema Ajv refuses',
      { 'a.yaml': good, 'schemas/shop.orders@Placed.json': '{\n  "type": "object",\n  "required": "id"\n}' },
      'schema/invalid',
      'schemas/shop.orders@Placed.json',
      3,
    ],
    [
      'a broken schema file',
      { 'a.yaml': good, 'schemas/shop.orders@Placed.json': '{\n  "type": \n}' },
      'input/syntax',
      'schemas/shop.orders@Placed.json',
      3,
    ],
    [
      'a declaration that means nothing',
      {
        'a.yaml': rule('{ source: [a] }', '').replace(
          'FunctionName: handler }',
          'FunctionName: handler }, Metadata: { Busproof: { publish: [] } }',
        ),
      },
      'config/unknown-key',
      'a.yaml',
      5,
    ],
    [
      'a config that is not one',
      { 'a.yaml': good, 'busproof.config.yaml': 'templates: 7\n' },
      'config/invalid',
      'busproof.config.yaml',
      1,
    ],
    [
      'a config of an unknown component',
      { 'a.yaml': good, 'busproof.config.yaml': 'components:\n  Handlr: { publishes: [] }\n' },
      'config/unknown-component',
      'busproof.config.yaml',
      2,
    ],
    [
      'a template that is named and not there',
      { 'a.yaml': good, 'busproof.config.yaml': 'templates: [a.yaml, b.yaml]\n' },
      'input/unreadable',
      '',
      0,
    ],
  ];
  it.each(cases)('%s is a finding at its place', async (_name, files, code, file, line) => {
    const { exit, found } = await findings(files);
    const match = found.find((each) => each.code === code);
    expect(match, JSON.stringify(found.map((each) => [each.code, each.place]))).toBeDefined();
    if (file !== '') expect(match?.place).toMatchObject({ file, line });
    expect(exit).toBe(code === 'config/unknown-component' ? 0 : 1);
  });

  const empty: [name: string, files: Record<string, string>, sentence: RegExp][] = [
    ['an empty folder', {}, /nothing could be checked: no CloudFormation, SAM or CDK template was found/],
    [
      'a template without rules',
      { 'a.yaml': 'AWSTemplateFormatVersion: "2010-09-09"\nResources: {}\n' },
      /nothing could be checked: the template has no EventBridge rule/,
    ],
    [
      'nothing but a broken template',
      { 'a.yaml': 'AWSTemplateFormatVersion: "2010-09-09"\nResources: [\n' },
      /input\/syntax[\s\S]*nothing could be checked/,
    ],
  ];
  it.each(empty)('%s is exit code 2 with a sentence', async (_name, files, sentence) => {
    const { code, out, err } = await cli(['check'], folderWith(files));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(sentence);
  });

  it('a billion laughs are few', async () => {
    const levels = Array.from(
      { length: 30 },
      (_, i) =>
        `  L${i}: &l${i} [${
          i === 0
            ? '"ha"'
            : Array(9)
                .fill(`*l${i - 1}`)
                .join(', ')
        }]`,
    );
    const { exit, found } = await findings({
      'a.yaml': good,
      'b.yaml': `AWSTemplateFormatVersion: "2010-09-09"\nMetadata:\n${levels.join('\n')}\n`,
    });
    expect(exit).toBe(1);
    expect(found.map(({ code }) => code)).toContain('input/too-large');
  });
});

describe('the command line', () => {
  const cases: [line: string[], sentence: RegExp][] = [
    [['chek'], /there is no command "chek"; did you mean "check"\?/],
    [['check', '--formt', 'json'], /--formt/],
    [['check', '--format', 'xml'], /--format is one of text, json, [^;]*; "xml" is not/],
    [['check', 'nowhere'], /there is no file or folder "nowhere"/],
    [['explain', 'loop/endles'], /did you mean loop\/endless\?/],
  ];
  it.each(cases)('%j is refused in a sentence', async (line, sentence) => {
    const { code, err } = await cli(line, folderWith({ 'a.yaml': good }));
    expect(code).toBe(2);
    expect(err).toMatch(sentence);
    expect(err).not.toContain('    at ');
  });

  it('explains every finding and lists them', async () => {
    const list = await cli(['explain']);
    expect(list.out).toContain('loop/endless');
    const page = await cli(['explain', 'loop/endless']);
    expect(page).toMatchObject({ code: 0, out: expect.stringContaining('# loop/endless') });
  });

  it('tells what each command can do', async () => {
    expect((await cli(['--help'])).out).toContain('check');
    expect((await cli(['check', '--help'])).out).toContain('--min-severity');
  });
});
