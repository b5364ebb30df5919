import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { outputsOf } from '../../src/cli/check/outputs.ts';
import { cli, folderWith } from '../support/cli.ts';

const text = { format: 'text' } as const;

describe('which reports go where', () => {
  const cases: [formats: string[], output: string | undefined, outputs: object[]][] = [
    [[], undefined, [text]],
    [['json'], undefined, [{ format: 'json' }]],
    [['sarif=a.sarif'], undefined, [{ format: 'sarif', file: 'a.sarif' }, text]],
    [['sarif'], 'a.sarif', [{ format: 'sarif', file: 'a.sarif' }, text]],
    [['text', 'sarif'], 'a.sarif', [text, { format: 'sarif', file: 'a.sarif' }]],
    [['text', 'github'], undefined, [text, { format: 'github' }]],
    [['junit=a=b.xml', 'json'], undefined, [{ format: 'junit', file: 'a=b.xml' }, { format: 'json' }]],
    [[], 'a.txt', [{ format: 'text', file: 'a.txt' }, text]],
  ];
  it.each(cases)('%j, --output %s', (formats, output, outputs) => {
    expect(outputsOf(formats, output)).toEqual(outputs);
  });

  const refused: [formats: string[], output: string | undefined, sentence: RegExp][] = [
    [['xml'], undefined, /--format is one of text, json, sarif, .*; "xml" is not/],
    [['constructor'], undefined, /"constructor" is not/],
    [['sarif='], undefined, /names no file/],
    [['text', 'json'], undefined, /text and json would both go to standard output: .* --format json=FILE/],
    [['text', 'text'], undefined, /would both go to standard output/],
    [['sarif=a', 'junit=a'], undefined, /two reports would go to the file a/],
    [['sarif=a', 'junit'], 'a', /two reports would go to the file a/],
  ];
  it.each(refused)('%j, --output %s is refused', (formats, output, sentence) => {
    expect(() => outputsOf(formats, output)).toThrow(sentence);
  });
});

const looping = `
Resources:
  Handler:
    Type: AWS::Lambda::Function
    Metadata: { Busproof: { publishes: [shop@Done] } }
  Again:
    Type: AWS::Events::Rule
    Properties: { Name: again, EventPattern: { source: [shop] }, Targets: [{ Id: one, Arn: !GetAtt Handler.Arn }] }
`;

describe('several reports at once', () => {
  it('go to their files, in folders that need not be there, with text for the log', async () => {
    const folder = folderWith({ 'template.yaml': looping });
    const line = ['check', '--format', 'sarif=out/a.sarif', '--format', 'junit', '--output', 'out/b.xml'];
    const { code, out, err } = await cli(line, folder);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toContain('error loop/endless');
    expect(JSON.parse(readFileSync(join(folder, 'out/a.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' });
    expect(readFileSync(join(folder, 'out/b.xml'), 'utf8')).toMatch(/^<\?xml/);
  });

  it('are refused in a sentence where they cannot be written', async () => {
    const folder = folderWith({ 'template.yaml': looping, file: '' });
    const { code, err } = await cli(['check', '--format', 'sarif=file/a.sarif'], folder);
    expect(code).toBe(2);
    expect(err).toMatch(/^busproof: cannot write file\/a\.sarif: /);
  });

  it('are not written when nothing could be checked', async () => {
    const folder = folderWith({});
    const { code } = await cli(['check', '--format', 'sarif=a.sarif'], folder);
    expect(code).toBe(2);
    expect(existsSync(join(folder, 'a.sarif'))).toBe(false);
  });
});
