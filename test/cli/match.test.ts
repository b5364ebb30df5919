import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { answerLine } from '../../src/cli/match/answer-lines.ts';
import { cli } from '../support/cli.ts';
import { vectorFiles, vectorLines } from '../support/pattern-vectors.ts';
import { describeShared } from '../support/shared.ts';

const folder = mkdtempSync(join(tmpdir(), 'match-'));

const files = {
  'p.json': '{"source":["shop"],"detail":{"state":["open"]}}',
  'q.json': '{"source":[{"prefix":"s"}]}',
  'bad.json': '{"source":[{"prefix":"a","suffix":"b"}]}',
  'yes.json': '{"source":"shop","detail":{"state":"open"}}',
  'no.json': '{"source":"shop","detail":{"state":"Open"}}',
  'list.json': '[]',
  't.yaml': [
    'Parameters:',
    '  Source: { Type: String }',
    'Resources:',
    '  Open:',
    '    Type: AWS::Events::Rule',
    '    Properties:',
    '      EventPattern: { source: [shop], detail: { state: [open] } }',
    '  Theirs:',
    '    Type: AWS::Events::Rule',
    '    Properties:',
    '      Name: theirs',
    '      EventPattern: { source: [!Ref Source] }',
    '  Hourly:',
    '    Type: AWS::Events::Rule',
    '    Properties:',
    '      ScheduleExpression: rate(1 hour)',
    '',
  ].join('\n'),
};

beforeAll(() => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
});

const run = (line: string, input: readonly string[] = []) =>
  cli(['match', ...line.split(' ').filter(Boolean)], folder, input);

describe('busproof match', () => {
  it('says which values match', async () => {
    expect(await run('--pattern p.json --event yes.json')).toEqual({
      code: 0,
      out: 'match\n  ✓ detail.state: detail.state = "open" is "open"\n  ✓ source: source = "shop" is "shop"\n',
      err: '',
    });
  });

  it('says why an event does not match', async () => {
    const { code, out } = await run('--pattern p.json --event no.json');
    expect(code).toBe(1);
    expect(out).toContain('no match\n  ✗ detail.state: ');
    expect(out).toContain('"Open" differs from "open" only in upper and lower case');
  });

  it('prints a table of several', async () => {
    const { code, out } = await run('--pattern p.json --pattern q.json --event yes.json --event no.json');
    expect(code).toBe(1);
    expect(out.split('\n').slice(0, 5)).toEqual([
      'result    pattern  event',
      'match     p.json   yes.json',
      'no match  p.json   no.json',
      'match     q.json   yes.json',
      'match     q.json   no.json',
    ]);
    expect(out).toContain('p.json × no.json: no match\n');
  });

  it('prints JSON', async () => {
    const { out } = await run('--pattern q.json --event yes.json --format json');
    expect(JSON.parse(out)).toMatchObject([{ filter: 'q.json', event: 'yes.json', verdict: 'match' }]);
    expect(out).not.toContain('span');
  });

  it('reads the event from standard input', async () => {
    expect((await run('--pattern q.json --event -', ['{"source"', ':"s"}'])).code).toBe(0);
  });

  it.each([
    ['--pattern bad.json --event yes.json', 'pattern/invalid'],
    ['--pattern p.json --event list.json', 'pattern/event-not-an-object'],
    ['--pattern none.json --event yes.json', 'cannot read none.json'],
    ['--pattern p.json', 'give an --event'],
    ['--event yes.json', 'give a --pattern'],
    ['--jsonl --event yes.json', '--jsonl reads'],
    ['--template t.yaml --rule thiers --event yes.json', 'did you mean theirs?'],
    ['--template t.yaml --rule Open --event yes.json --parameter x', 'NAME=VALUE'],
  ])('%s cannot run', async (line, said) => {
    const { code, err } = await run(line);
    expect(code).toBe(2);
    expect(err).toContain(said);
  });

  it.each([
    ['--rule Open', 0, 'match'],
    ['--rule Hourly', 1, 'no match (fires by schedule only)'],
    ['--rule theirs', 1, 'unknown: it depends on what is decided at deployment'],
    ['--rule theirs --parameter Source=shop', 0, 'match'],
    ['--rule theirs --parameter Source=bank', 1, 'no match'],
  ])('a rule of a template: %s', async (rule, code, said) => {
    const result = await run(`--template t.yaml ${rule} --event yes.json`);
    expect(result.err).toBe('');
    expect(result.code).toBe(code);
    expect(result.out).toContain(said);
  });

  it('takes all rules of a template if none is named', async () => {
    const { out } = await run('--template t.yaml --event yes.json');
    expect(
      out
        .split('\n')
        .slice(0, 4)
        .map((line) => line.slice(0, 8).trim()),
    ).toEqual(['result', 'match', 'unknown', 'no match']);
  });
});

describe('busproof match --jsonl', () => {
  it('answers in order, whatever the chunks', async () => {
    const lines = Array.from(
      { length: 3000 },
      (_, i) => `{"id":${i},"pattern":{"a":[${i % 2}]},"event":{"a":1}}\n`,
    ).join('');
    const chunks = lines.match(/.{1,1000}/gs)!;
    const { code, out } = await run('--jsonl', chunks);
    expect(code).toBe(0);
    expect(out).toBe(
      Array.from({ length: 3000 }, (_, i) => `{"id":${i},"valid":true,"match":${i % 2 === 1}}\n`).join(''),
    );
  });

  it.each([
    ['{"id":1,"pattern":{"a":[1]},"event":{"a":1.0}}', '{"id":1,"valid":true,"match":true}'],
    [
      '{"id":"x","pattern":"{\\"a\\":[1]} trailing","event":"{\\"a\\":2}"}',
      '{"id":"x","valid":true,"match":false}',
    ],
    ['{"id":{"n":1.50},"pattern":{},"event":{}}', '{"id":{"n":1.50},"valid":false,"match":false}'],
    [
      '{"id":1,"pattern":{"a":[9007199254740993]},"event":{"a":9007199254740992}}',
      '{"id":1,"valid":true,"match":false}',
    ],
    ['{"id":1,"pattern":{"a":[1]},"event":{"a":1,"a":2}}', '{"id":1,"valid":true,"match":true}'],
    [
      '{"id":1,"pattern":{"2":[1],"$or":[{"2":[3]},{"b":[4]}]},"event":{"2":3}}',
      '{"id":1,"valid":true,"match":true}',
    ],
    ['{"id":1,"pattern":[1],"event":{}}', '{"id":1,"valid":false,"match":false}'],
    ['{"id":1,"pattern":"nonsense","event":{}}', '{"id":1,"valid":false,"match":false}'],
    ['{"id":1,"pattern":{"a":[1]},"event":[]}', '{"id":1,"error":"an event is a JSON object, not a list"}'],
    ['{"pattern":{"a":[1]},"event":{}}', '{"id":null,"valid":true,"match":false}'],
    ['{"id":7,"pattern":{"a":[1]}}', '{"id":7,"error":"\\"event\\" is missing"}'],
    ['{"id":7,"event":{}}', '{"id":7,"error":"\\"pattern\\" is missing"}'],
    ['[]', '{"id":null,"error":"a line is an object {\\"id\\", \\"pattern\\", \\"event\\"}"}'],
  ])('%s', (line, answer) => {
    expect(answerLine(line)).toBe(answer);
  });

  it('goes on after a line that is no JSON', async () => {
    const { code, out } = await run('--jsonl', ['{oops\n\n{"id":2,"pattern":{"a":[1]},"event":{"a":1}}']);
    expect(code).toBe(0);
    const [first, second] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(first).toEqual({ id: null, error: expect.stringContaining('not well-formed') });
    expect(second).toEqual({ id: 2, valid: true, match: true });
  });
});

describeShared('labelled lines through --jsonl', () => {
  it.each(vectorFiles)('%s', { timeout: 120_000 }, (file) => {
    for (const line of vectorLines(file)) {
      const text = JSON.stringify({ id: line.id, pattern: line.pattern, event: line.event });
      const expected = { id: line.id, valid: line.valid, match: line.match };
      expect(JSON.parse(answerLine(text))).toEqual(expected);
      if (typeof line.pattern !== 'string' || !line.pattern.startsWith('{')) continue;
      const embedded = `{"id":0,"pattern":${line.pattern},"event":${line.event}}`;
      const answer = JSON.parse(answerLine(embedded));
      if (!('error' in answer)) expect(answer).toEqual({ ...expected, id: 0 });
    }
  });
});
