import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { documentOf } from '../../src/json/document.ts';
import { hole } from '../../src/json/holes.ts';
import { nodeAt } from '../../src/json/node.ts';
import { parseJson } from '../../src/json/parse-json.ts';
import {
  type ParsePatternOptions,
  parsePattern,
  parsePatternNode,
  parsePatternValue,
} from '../../src/pattern/parse.ts';

function read(text: string, options: ParsePatternOptions = {}) {
  return parsePattern(documentOf('p.json', text), options);
}

/** The text a finding underlines. */
function underlined({ span }: Diagnostic): string {
  return span ? span.document.text.slice(span.start, span.end) : '';
}

/** `code "underlined"` of each finding. */
function findings(text: string, options: ParsePatternOptions = {}): string[] {
  return read(text, options).diagnostics.map((diagnostic) => `${diagnostic.code} ${underlined(diagnostic)}`);
}

describe('what the service refuses', () => {
  it.each([
    ['[]', '[]', 'Filter is not an object'],
    ['{}', '{}', 'Empty objects are not allowed'],
    ['{"a":{}}', '{}', 'Empty objects are not allowed'],
    ['{"a":[]}', '[]', 'Empty arrays are not allowed'],
    ['{"a":"x"}', '"x"', '"a" must be an object or an array'],
    ['{"a":[["x"]]}', '["x"]', 'Match value must be String, number, true, false, or null'],
    ['{"a":[{}]}', '{}', 'Match expression name not found'],
    ['{"a":[{"Prefix":"x"}]}', '"Prefix"', 'Unrecognized match type Prefix'],
    ['{"a":[{"prefix":1}]}', '1', 'prefix match pattern must be a string'],
    ['{"a":[{"prefix":["x"]}]}', '["x"]', 'prefix match pattern must be a string'],
    ['{"a":[{"prefix":{}}]}', '{}', 'Prefix expression name not found'],
    ['{"a":[{"suffix":{"wildcard":"x"}}]}', '"wildcard"', 'Unsupported suffix pattern: wildcard'],
    ['{"a":[{"prefix":"x","suffix":"y"}]}', '"suffix"', 'Only one key allowed in match expression'],
    ['{"a":[{"wildcard":"a**b"}]}', '"a**b"', 'Consecutive wildcard characters at pos 2'],
    ['{"a":[{"wildcard":"é\\\\n"}]}', '"é\\\\n"', 'Invalid escape character at pos 3'],
    ['{"a":[{"exists":"true"}]}', '"true"', 'exists match pattern must be either true or false.'],
    ['{"a":[{"cidr":"10.0.0.0"}]}', '"10.0.0.0"', "Malformed CIDR, one '/' required"],
    ['{"a":[{"cidr":"10.0.0.0/32"}]}', '"10.0.0.0/32"', 'IPv4 mask bits must be < 32'],
    ['{"a":[{"cidr":"x/8"}]}', '"x/8"', 'Nonstandard IP address: x'],
    ['{"a":[{"numeric":5}]}', '5', 'Value of numeric must be an array.'],
    ['{"a":[{"numeric":[]}]}', '[]', 'Invalid member in numeric match: ]'],
    ['{"a":[{"numeric":["==",5]}]}', '"=="', 'Unrecognized numeric range operator: =='],
    ['{"a":[{"numeric":["=","5"]}]}', '"5"', 'Value of equals must be numeric'],
    ['{"a":[{"numeric":["<",5,">",0]}]}', '">"', 'Too many elements in numeric expression'],
    ['{"a":[{"numeric":[">",0,">",5]}]}', '">"', 'Bad numeric range operator: >'],
    ['{"a":[{"numeric":[">",0,7]}]}', '7', 'Bad value in numeric range: 7'],
    ['{"a":[{"numeric":[">",5,"<",5]}]}', '[">",5,"<",5]', 'Bottom must be less than top'],
    ['{"a":[{"numeric":[">",0,"<",5,"x"]}]}', '"x"', 'Too many terms in numeric range expression'],
    [
      '{"a":[{"numeric":["=",9007199254740993]}]}',
      '9007199254740993',
      'Cannot compare number : 9007199254740993',
    ],
    [
      '{"a":[{"anything-but":[]}]}',
      '[]',
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    ],
    [
      '{"a":[{"anything-but":["x",1]}]}',
      '["x",1]',
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    ],
    [
      '{"a":[{"anything-but":[null]}]}',
      'null',
      'Inside anything but list, start|null|boolean is not supported.',
    ],
    [
      '{"a":[{"anything-but":true}]}',
      'true',
      'Value of anything-but must be an array or single string/number value.',
    ],
    ['{"a":[{"anything-but":{"cidr":"1.2.3.0/24"}}]}', '"cidr"', 'Unsupported anything-but pattern: cidr'],
    ['{"a":[{"anything-but":{"prefix":""}}]}', '""', 'Null prefix/suffix not allowed'],
    [
      '{"a":[{"anything-but":{"prefix":"x","suffix":"y"}}]}',
      '"suffix"',
      'Only one key allowed in match expression',
    ],
    ['{"$or":[{"a":[1]}]}', '[{"a":[1]}]', 'Unrecognized match type a'],
    ['{"$or":[{"prefix":[1]},{"b":[2]}]}', '"prefix"', 'prefix match pattern must be a string'],
  ])('%s', (text, place, reason) => {
    const { value, diagnostics } = read(text);
    expect(value).toBeUndefined();
    expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['error pattern/invalid']);
    expect(underlined(diagnostics[0]!)).toBe(place);
    expect(diagnostics[0]!.notes).toEqual([
      `EventBridge answers: Event pattern is not valid. Reason: ${reason}`,
    ]);
  });

  it('names every problem, and quotes the service for the first', () => {
    const { diagnostics } = read('{"a":[],"b":"x","c":[{"no":1}]}');
    expect(diagnostics.map(underlined)).toEqual(['[]', '"x"', '"no"']);
    expect(diagnostics.map(({ notes }) => notes?.length ?? 0)).toEqual([1, 0, 0]);
  });

  it('tells people who write two operators in one object what they mean', () => {
    const [first] = read('{"key":[{"prefix":"in/*","suffix":".csv"}]}').diagnostics;
    expect(first?.message).toContain('{"wildcard": "in/\\\\**.csv"}');
  });

  it('tells the right spelling of an operator', () => {
    expect(read('{"a":[{"Anything_But":"x"}]}').diagnostics[0]?.message).toContain('write "anything-but"');
  });

  it('refuses more than 256 fields', () => {
    const fields = (n: number) => `{${Array.from({ length: n }, (_, i) => `"f${i}":[1]`).join()}}`;
    expect(read(fields(256)).value).toBeDefined();
    expect(read(fields(257)).value).toBeUndefined();
  });
});

describe('limits of the service', () => {
  const alternatives = (n: number) => `[${Array.from({ length: n }, (_, i) => `{"x${i}":[1]}`).join()}]`;

  it('counts the combinations of $or', () => {
    expect(findings(`{"a":{"$or":${alternatives(10)}},"b":{"$or":${alternatives(100)}}}`)).toEqual([]);
    const { value, diagnostics } = read(`{"a":{"$or":${alternatives(11)}},"b":{"$or":${alternatives(91)}}}`);
    expect(value?.alternatives).toHaveLength(1001);
    expect(diagnostics.map(({ code }) => code)).toEqual(['pattern/too-many-combinations']);
  });

  it('does not list combinations without end', () => {
    const many = Array.from({ length: 40 }, (_, i) => `"f${i}":{"$or":${alternatives(20)}}`).join();
    const { value, diagnostics } = read(`{${many}}`);
    expect(value).toBeUndefined();
    expect(diagnostics.map(({ code }) => code)).toContain('pattern/too-many-combinations');
  });

  it.each([
    [2048, 'rule', []],
    [2049, 'rule', ['warning']],
    [4097, 'rule', ['error']],
    [4096, 'pipe', []],
    [4097, 'pipe', ['error']],
    [4097, 'subscriber', ['error']],
  ] as const)('%d characters in a %s', (length, dialect, severities) => {
    const text = `{"source":["${'x'.repeat(length - 15)}"]}`;
    const { diagnostics } = read(text, { dialect });
    expect(diagnostics.map(({ code }) => code)).toEqual(severities.map(() => 'pattern/too-long'));
    expect(diagnostics.map(({ severity }) => severity)).toEqual(severities);
  });

  it('measures a tree as the service gets it: as JSON without spaces, holes aside', () => {
    const text = JSON.stringify({ a: ['x'.repeat(2000)] }, null, 60);
    const node = parseJson(documentOf('t.json', `{"Pattern":${text}}`)).value;
    expect(parsePatternNode(nodeAt(node, 'Pattern')!).diagnostics).toEqual([]);
    expect(parsePatternValue({ a: ['x'.repeat(2030), hole('k'.repeat(100))] }).diagnostics).toEqual([]);
  });

  it.each([
    ['"*"', 2],
    ['"a*"', 2],
    ['"*a"', 2],
    ['"a*b"', 2],
    ['"*a*"', 3],
    ['"*.*"', 3],
    ['"*a*b*"', 4],
    ['"*/dir/*.png"', 4],
    ['"*:*:*:event-bus/*"', 7],
    ['"*abc*abc*abc*"', 7],
    ['"*:*:*:*"', 7],
    ['"*:*:*:*:*"', 9],
    ['"*:*:*:*:event-bus/*"', 9],
    ['"*a*b*c*d*e*f*g*"', 9],
    ['"*aaaa*aaaa*"', 11],
    ['"*a*a*a*a*a*"', 11],
    ['"a*b*c*d*e*f*g*h*i*j*k*l*m*"', 14],
    ['"*:*:*:*:*:event-bus/*"', 11],
  ] as const)('wildcard %s has a complexity of %d', (wildcard, complexity) => {
    const { diagnostics } = read(`{"a":[{"wildcard":${wildcard}}]}`);
    expect(diagnostics.map(({ code, params }) => [code, params['complexity']])).toEqual(
      complexity > 10 ? [['pattern/wildcard-complexity', complexity]] : [],
    );
  });

  it('adds up the wildcards of one field', () => {
    const list = (n: number) => Array.from({ length: n }, (_, i) => `{"wildcard":"*x${i}"}`).join();
    expect(findings(`{"a":[${list(5)}]}`)).toEqual([]);
    expect(findings(`{"a":[${list(6)}]}`)).toEqual(['pattern/wildcard-complexity "a"']);
    expect(findings(`{"a":[{"anything-but":{"wildcard":["*x1","*x2"]}}]}`)).toEqual([]);
  });
});

describe('dialects', () => {
  it.each([
    ['{"source":[{"wildcard":"x*"}]}', 'pipe', '{"wildcard":"x*"}'],
    ['{"source":[{"anything-but":{"prefix":"x"}}]}', 'pipe', '{"anything-but":{"prefix":"x"}}'],
    ['{"source":[{"anything-but":{"wildcard":"x*"}}]}', 'subscriber', '{"anything-but":{"wildcard":"x*"}}'],
    ['{"source":[{"wildcard":"x*"}]}', 'subscriber', '{"wildcard":"x*"}'],
  ] as const)('%s in a %s', (text, dialect, place) => {
    expect(read(text, { dialect }).value).toBeDefined();
    expect(findings(text, { dialect })).toEqual([`pattern/unsupported-operator ${place}`]);
    expect(findings(text, { dialect: 'rule' })).toEqual([]);
  });

  it.each([
    ['{"a":[{"anything-but":["x"]}],"b":[{"numeric":[">",1]}],"c":[{"suffix":"y"}]}', 'pipe'],
    ['{"a":[{"anything-but":{"prefix":"x"}}],"b":[{"cidr":"10.0.0.0/8"}]}', 'subscriber'],
  ] as const)('%s may stand in a %s', (text, dialect) => {
    expect(findings(text, { dialect })).toEqual([]);
  });

  it('takes only plain values in the METADATA of a subscriber', () => {
    const options = { dialect: 'subscriber', scope: 'METADATA' } as const;
    expect(findings('{"a":["x",null,1]}', options)).toEqual([]);
    expect(findings('{"a":[{"prefix":"x"}]}', options)).toEqual([
      'pattern/unsupported-operator {"prefix":"x"}',
    ]);
    expect(findings('{"$or":[{"a":["x"]},{"b":["x"]}]}', options)).toHaveLength(1);
  });

  it('does not judge a list at the root of a DATA filter', () => {
    const { value, diagnostics } = read('[{"a":[1]}]', { dialect: 'subscriber' });
    expect(value).toBeUndefined();
    expect(diagnostics.map(({ severity }) => severity)).toEqual(['warning']);
  });
});

describe('what nobody means', () => {
  it.each([
    ['{"a.b":[1],"a":{"b":[2]}}', ['pattern/repeated-path "b"']],
    ['{"a":[1],"a":[2]}', ['pattern/repeated-path "a"']],
    ['{"a":[1],"$or":[{"a":[2]},{"b":[3]}]}', ['pattern/repeated-path "a"']],
    ['{"$or":[{"a":[1]},{"a":[2]}]}', []],
    ['{"$or":["x"]}', ['pattern/or-as-field "$or"']],
    ['{"d":{"$or":{"a":[1]}}}', ['pattern/or-as-field "$or"']],
    ['{"a":["aws.*"]}', ['pattern/operator-in-string "aws.*"']],
    ['{"a":["> 5"]}', ['pattern/operator-in-string "> 5"']],
    ['{"a":["prefix: x"]}', ['pattern/operator-in-string "prefix: x"']],
    ['{"a":["{\\"prefix\\": \\"x\\"}"]}', ['pattern/operator-in-string "{\\"prefix\\": \\"x\\"}"']],
    ['{"a":[{"prefix":"aws.*"}]}', ['pattern/operator-in-string {"prefix":"aws.*"}']],
    ['{"a":[{"anything-but":["aws.*"]}]}', ['pattern/operator-in-string {"anything-but":["aws.*"]}']],
    ['{"a":[{"wildcard":"aws.*"},{"exactly":"a*"}]}', []],
    [
      '{"a":[{"prefix":"x"},{"suffix":"y"}]}',
      ['pattern/affixes-as-alternatives [{"prefix":"x"},{"suffix":"y"}]'],
    ],
    ['{"a":[{"prefix":"x"},{"prefix":"y"}]}', []],
    [
      '{"a":[{"anything-but":"x"},{"anything-but":"y"}]}',
      ['pattern/always-true [{"anything-but":"x"},{"anything-but":"y"}]'],
    ],
    ['{"a":[{"anything-but":["x","y"]},{"anything-but":"y"}]}', []],
    ['{"a":[{"anything-but":"x"},"x"]}', ['pattern/always-true [{"anything-but":"x"},"x"]']],
    ['{"a":[{"anything-but":"x"},{"exists":false}]}', []],
    [
      '{"a":[{"anything-but":{"prefix":"x"}},{"anything-but":{"prefix":"y"}}]}',
      ['pattern/always-true [{"anything-but":{"prefix":"x"}},{"anything-but":{"prefix":"y"}}]'],
    ],
    ['{"a":[{"anything-but":{"prefix":"x"}},{"anything-but":{"suffix":"y"}}]}', []],
    ['{"a":[{"exists":true},{"exists":false}]}', ['pattern/always-true [{"exists":true},{"exists":false}]']],
    ['{"a":[{"exists":true},"x"]}', ['pattern/always-true [{"exists":true},"x"]']],
    ['{"a":[{"exists":false},"x"]}', []],
    [
      '{"a":[{"numeric":[">",0]},{"numeric":["<",10]}]}',
      ['pattern/always-true [{"numeric":[">",0]},{"numeric":["<",10]}]'],
    ],
    ['{"a":[{"numeric":["<",0]},{"numeric":[">",10]}]}', []],
    ['{"a":[{"numeric":[">",6e9]}]}', ['pattern/number-range {"numeric":[">",6e9]}']],
    ['{"a":[{"numeric":[">",5e9]}]}', []],
    ['{"a":[123456789012]}', []],
    ['{"a":[9007199254740993]}', ['pattern/number-range 9007199254740993']],
    ['{"source":[{"prefix":""}],"account":[1]}', []],
  ])('%s', (text, expected) => {
    const { value, diagnostics } = read(text);
    expect(value).toBeDefined();
    expect(findings(text)).toEqual(expected);
    expect(diagnostics.every(({ severity }) => severity === 'warning')).toBe(true);
  });

  it.each([
    ['{"account":[123456789012]}', ['pattern/never-true [123456789012]']],
    ['{"source":[{"exists":false}]}', ['pattern/never-true [{"exists":false}]']],
    ['{"source":[null,"x"]}', []],
    ['{"source":{"name":["x"]}}', ['pattern/never-true ["x"]']],
    ['{"detail_type":["x"]}', ['pattern/unknown-envelope-field "detail_type"']],
    ['{"eventName":["x"],"source":["aws.s3"]}', ['pattern/unknown-envelope-field "eventName"']],
    ['{"detail_type":[{"exists":false}]}', []],
    ['{"replay-name":["x"]}', []],
    ['{"$or":[{"detail":{"a":[1]}},{"Source":["x"]}]}', ['pattern/unknown-envelope-field "Source"']],
    [
      '{"detail-type":["AWS API Call via CloudTrail"],"detail":{"eventName":["s3:PutObject","GetObject"]}}',
      ['pattern/iam-action-as-event-name "s3:PutObject"'],
    ],
    ['{"detail-type":["Order Placed"],"detail":{"eventName":["s3:PutObject"]}}', []],
    [
      '{"source":["aws.ec2"],"detail":{"eventSource":["s3.amazonaws.com"]}}',
      ['pattern/services-apart ["s3.amazonaws.com"]'],
    ],
    ['{"source":["aws.ec2","aws.s3"],"detail":{"eventSource":["s3.amazonaws.com"]}}', []],
    ['{"source":["aws.cloudwatch"],"detail":{"eventSource":["monitoring.amazonaws.com"]}}', []],
    ['{"detail.a":["x"]}', ['pattern/flattened-key "detail.a"']],
    ['{"detail":["x"]}', ['pattern/never-true ["x"]']],
    ['{"detail":[{"exists":false}]}', []],
    ['{"resources":{"arn":["x"]}}', ['pattern/never-true ["x"]']],
    ['{"resources":["x"],"detail":{"account":[1]}}', []],
    [
      '{"source":[{"anything-but":{"wildcard":"*"}}]}',
      ['pattern/never-true [{"anything-but":{"wildcard":"*"}}]'],
    ],
  ])('%s in a rule', (text, expected) => {
    expect(findings(text, { dialect: 'rule' })).toEqual(expected);
  });

  it('names the dropped condition', () => {
    const [first] = read('{"a":{"b":[1]},"a.b":[2]}').diagnostics;
    expect(first?.related?.map(({ span }) => span.document.text.slice(span.start, span.end))).toEqual([
      '"b"',
    ]);
  });
});

describe('parsePatternNode', () => {
  it('reads a string node as the JSON text of a pattern, with places inside the string', () => {
    const document = documentOf('t.json', '{"Pattern": "{\\"a\\":[\\"aws.*\\"]} trailing"}');
    const node = nodeAt(parseJson(document).value, 'Pattern')!;
    const { value, diagnostics } = parsePatternNode(node);
    expect(value?.alternatives[0]?.conditions[0]?.path).toBe('a');
    expect(diagnostics.map(underlined)).toEqual(['\\"aws.*\\"']);
  });

  it('takes holes as ordinary text', () => {
    const { value } = parsePatternValue({ account: [hole('AWS::AccountId')] });
    expect(value?.alternatives[0]?.conditions[0]?.choices[0]).toMatchObject({
      value: hole('AWS::AccountId'),
    });
  });

  it('refuses values nested without end', () => {
    let value: { a: unknown } | string[] = ['x'];
    for (let i = 0; i < 100_000; i++) value = { a: value };
    const { value: pattern, diagnostics } = parsePatternValue(value as never);
    expect(pattern).toBeUndefined();
    expect(diagnostics).toHaveLength(1);
  });
});
