import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { answerLine } from '../../src/cli/prove/answer-lines.ts';
import { cli, folderWith } from '../support/cli.ts';
import { describeShared, sharedPath } from '../support/shared.ts';

const schema = `{
  "type": "object",
  "properties": {
    "source": { "const": "shop" },
    "detail": {
      "type": "object",
      "properties": { "state": { "enum": ["open", "closed"] }, "size": { "$ref": "size.json" } },
      "required": ["state"],
      "additionalProperties": false
    }
  },
  "required": ["source", "detail"],
  "additionalProperties": false
}
`;

const files = {
  's.json': schema,
  'narrow.json': schema.replace('"open", "closed"', '"open"'),
  'size.json': '{ "type": "integer", "minimum": 1 }',
  'open.json': '{ "detail": { "state": ["open"], "size": [{ "numeric": [">", 2] }] } }',
  'lost.json': '{ "detail": { "state": ["lost"] } }',
  'bad.json': '{ "detail": { "state": "open" } }',
  'invalid.json': '{ "required": "a" }',
  'api.yaml': [
    'openapi: 3.0.1',
    'components:',
    '  schemas:',
    '    AWSEvent:',
    '      type: object',
    '      required: [source, detail]',
    '      additionalProperties: false',
    '      properties:',
    '        source: { type: string, enum: [shop] }',
    "        detail: { $ref: '#/components/schemas/Detail' }",
    '    Detail:',
    '      type: object',
    '      required: [state]',
    '      properties:',
    '        state: { type: string, nullable: true, enum: [open, closed, null] }',
    '        size: { type: integer, minimum: 2, exclusiveMinimum: true }',
    '',
  ].join('\n'),
  'template.yaml': [
    'Resources:',
    '  Rule:',
    '    Properties:',
    '      EventPattern:',
    '        detail: { state: [null], size: [{ numeric: ["<", 4] }] }',
    '  Dead:',
    '    Properties:',
    '      EventPattern:',
    '        detail: { size: [{ numeric: ["<=", 2] }] }',
    '',
  ].join('\n'),
  'rule.yaml': 'detail:\n  state: [closed]\n',
};

const prove = (...line: string[]) => cli(['prove', ...line], folderWith(files));

describe('busproof prove', () => {
  it('shows an event that is valid and matches', async () => {
    const { code, out, err } = await prove(
      '--schema',
      's.json',
      '--pattern',
      'open.json',
      '--with',
      'size.json',
    );
    expect(err).toBe('');
    expect(out).toContain('yes: this event is valid under s.json and matches open.json');
    expect(out).toContain('"source": "shop"');
    expect(out).toContain('"size": 3');
    expect(code).toBe(0);
  });

  it('names the keyword and the condition that cannot meet, with their places', async () => {
    const { code, out } = await prove('--schema', 's.json', '--pattern', 'lost.json', '--with', 'size.json');
    expect(out).toContain('the pattern wants "lost" at detail.state');
    expect(out).toContain('"enum": ["open","closed"] (/properties/detail/properties/state/enum)');
    expect(out).toContain('s.json:7:42');
    expect(out).toContain('lost.json:1:24');
    expect(code).toBe(1);
  });

  it('reads YAML, parts of files, and OpenAPI with its nullable and its flags', async () => {
    const event = 'api.yaml#/components/schemas/AWSEvent';
    const pattern = (name: string) => `template.yaml#/Resources/${name}/Properties/EventPattern`;
    const found = await prove('--schema', event, '--pattern', pattern('Rule'));
    expect([found.code, found.err]).toEqual([0, '']);
    expect(found.out).toContain('{ "source": "shop", "detail": { "state": null, "size": 3 } }');
    const none = await prove('--schema', event, '--pattern', pattern('Dead'));
    expect(none.code).toBe(1);
    expect(none.out).toContain('(/components/schemas/Detail/properties/size/minimum)');
    expect(none.out).toMatch(/api\.yaml:16:\d+/);
    expect(none.out).toMatch(/template\.yaml:9:\d+/);
    expect((await prove('--schema', event, '--pattern', 'rule.yaml')).code).toBe(0);
    const outside = await prove('--sub', 'api.yaml#/components/schemas/Detail', '--super', event);
    expect(outside.out).toContain('(/components/schemas/AWSEvent/required)');
    const gone = await prove('--schema', 'api.yaml#/components/schemas/X', '--pattern', 'rule.yaml');
    expect([gone.code, gone.out]).toEqual([2, '']);
    expect(gone.err).toContain('there is nothing at api.yaml#/components/schemas/X');
  });

  it("puts a schema of an event type's detail into its envelope", async () => {
    const folder = folderWith({
      'shop@Sold.json':
        '{ "type": "object", "properties": { "n": { "type": "integer" } }, "required": ["n"] }',
      'p.yaml': 'source: [shop]\ndetail-type: [Sold]\ndetail: { n: [7] }\n',
      'q.yaml': 'source: [other]\n',
    });
    const found = await cli(['prove', '--schema', 'shop@Sold.json', '--pattern', 'p.yaml'], folder);
    expect([found.code, found.err]).toEqual([0, '']);
    expect(found.out).toContain('"detail-type": "Sold"');
    expect(found.out).toContain('"detail": { "n": 7 }');
    expect((await cli(['prove', '--schema', 'shop@Sold.json', '--pattern', 'q.yaml'], folder)).code).toBe(1);
  });

  it('says unknown, not no, where a schema is missing', async () => {
    const { code, out, err } = await prove('--schema', 's.json', '--pattern', 'open.json');
    expect(out).toMatch(/^unknown: /);
    expect(err).toContain('size.json');
    expect(code).toBe(1);
  });

  it('holds one schema against another', async () => {
    const inside = await prove('--sub', 'narrow.json', '--super', 's.json', '--with', 'size.json');
    expect([inside.code, inside.out]).toEqual([
      0,
      'yes: every value valid under narrow.json is valid under s.json\n',
    ]);
    const outside = await prove('--sub', 's.json', '--super', 'narrow.json', '--with', 'size.json');
    expect(outside.code).toBe(1);
    expect(outside.out).toContain('"state": "closed"');
    expect(outside.out).toContain('narrow.json:7:42');
  });

  it.each([
    ['a pattern that is none', ['--schema', 's.json', '--pattern', 'bad.json']],
    ['a schema that is none', ['--schema', 'invalid.json', '--pattern', 'open.json']],
    ['a file that is not there', ['--schema', 'gone.json', '--pattern', 'open.json']],
    ['half a question', ['--schema', 's.json']],
    ['two questions', ['--schema', 's.json', '--pattern', 'open.json', '--sub', 's.json']],
    ['files beside lines', ['--jsonl', '--schema', 's.json']],
  ])('cannot run with %s', async (_, line) => {
    const { code, out, err } = await prove(...line);
    expect([code, out]).toEqual([2, '']);
    expect(err).not.toBe('');
  });

  it('answers lines in order, and goes on after bad ones', async () => {
    const lines = [
      '{"id":1,"schema":{"type":"object"},"pattern":{"a":["x"]}}',
      'nonsense',
      '{"id":"b","sub":{"type":"integer"},"super":{"type":"number"}}',
      '{"id":3,"schema":{"type":5},"pattern":{"a":["x"]}}',
      '{"id":4,"schema":{},"pattern":{"a":"x"}}',
      '{"id":5,"sub":{"type":"number"},"super":{"type":"integer"}}',
      '{"id":6}',
      '{"id":7,"schema":{"type":"string"},"pattern":{"a":["x"]}}',
      '{"id":8,"schema":{"properties":{"t":{"type":"string","format":"date"}}},"pattern":{"t":["x"]},"options":{"formatAssertion":true}}',
    ];
    const { code, out } = await cli(['prove', '--jsonl'], undefined, [`${lines.join('\n')}\n`]);
    const answers = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: unknown; answer?: string; error?: string; witness?: unknown });
    expect(code).toBe(0);
    expect(answers.map(({ id, answer }) => [id, answer ?? 'error'])).toEqual([
      [1, 'yes'],
      [null, 'error'],
      ['b', 'yes'],
      [3, 'error'],
      [4, 'error'],
      [5, 'no'],
      [6, 'error'],
      [7, 'no'],
      [8, 'no'],
    ]);
    expect(answers[0]!.witness).toEqual({ a: 'x' });
  });
});

describeShared('busproof prove --jsonl on the labelled cases', () => {
  const read = (file: string) =>
    JSON.parse(readFileSync(sharedPath(`vectors/${file}`), 'utf8')) as readonly { expect: string }[];

  it.each([
    ['sat-dev.json', { sat: 'yes', unsat: 'no' }],
    ['containment-dev.json', { contained: 'yes', 'not-contained': 'no' }],
  ])('%s', (file, label: Readonly<Record<string, string>>) => {
    const cases = read(file);
    const answers = cases.map(
      (one) => (JSON.parse(answerLine(JSON.stringify(one))) as { answer: string }).answer,
    );
    expect(answers).toEqual(cases.map((one) => label[one.expect]));
  });
});
