import { describe, expect, it } from 'vitest';
import { documentOf } from '../../src/json/document.ts';
import { type Explanation, explainText, explainValue } from '../../src/pattern/explain.ts';
import { matchText } from '../../src/pattern/match.ts';
import { parsePattern } from '../../src/pattern/parse.ts';
import { printExplanation } from '../../src/pattern/print-explanation.ts';
import { vectorFiles, vectorLines, vectorPattern } from '../support/pattern-vectors.ts';
import { describeShared } from '../support/shared.ts';

function parsed(pattern: string) {
  return parsePattern(documentOf('p.json', pattern)).value!;
}

function explain(pattern: string, event: string): Explanation {
  return explainText(parsed(pattern), event).value!;
}

describe('why a field is not met', () => {
  it.each([
    ['{"a":["x"]}', '{}', 'missing', 'the event has no field a'],
    ['{"detail-type":["x"]}', '{"detail_type":"x"}', 'missing', 'did you mean detail_type?'],
    ['{"d":{"state":["x"]}}', '{"d":{"State":"x"}}', 'missing', 'did you mean State?'],
    ['{"d":{"a":{"b":["x"]}}}', '{"d":{"x":1,"y":2}}', 'missing', 'd has x, y'],
    ['{"d":{"a":["x"]}}', '{"d":"{\\"a\\":\\"x\\"}"}', 'missing', 'there is no field a, for d is a string'],
    ['{"d":["x"]}', '{"d":{"a":1}}', 'missing', 'd is an object; only what is in it can be compared'],
    ['{"d":["x"]}', '{"d":[]}', 'missing', 'd is an empty list, which counts as no value'],
    ['{"d":[{"exists":true}]}', '{"d":[{"a":1}]}', 'missing', 'put the condition on one of its fields: a'],
    ['{"a":["5"]}', '{"a":5}', 'type', 'found a number where only a string can match'],
    ['{"a":["5"]}', '{"a":5}', 'type', 'the event has 5, the pattern "5": write it as the event does'],
    ['{"a":[true]}', '{"a":"true"}', 'type', 'the event has "true", the pattern true'],
    ['{"a":[{"numeric":[">",1]}]}', '{"a":["5",null]}', 'type', 'found a string or null where only a number'],
    ['{"a":["x"]}', '{"a":"y"}', 'value', 'no value there is one of those asked for'],
    [
      '{"a":["running"]}',
      '{"a":"Running"}',
      'value',
      '"Running" differs from "running" only in upper and lower case',
    ],
    ['{"a":["running"]}', '{"a":"running "}', 'value', 'only in spaces around it'],
    [
      '{"a":["Order Created","x"]}',
      '{"a":"OrderCreated"}',
      'value',
      '"Order Created" is the nearest to "OrderCreated"',
    ],
    ['{"a":[{"prefix":"prod-"}]}', '{"a":"PROD-1"}', 'value', '"PROD-1" would match in another case'],
    ['{"a":[{"anything-but":["x"]}]}', '{"a":"x"}', 'value', 'every value there is one of those excluded'],
    ['{"a":[{"exists":false}]}', '{"a":1}', 'present', 'there must be no value, and there is one'],
    [
      '{"e":{"f":[1],"l":[2]}}',
      '{"e":[{"f":1,"l":3},{"f":4,"l":2}]}',
      'element',
      'goes with e.f in the same element',
    ],
    [
      '{"a":{"b":[1],"c":[{"exists":false}]}}',
      '{"a":[{"b":1,"c":2},{"d":1}]}',
      'present',
      'there must be no value',
    ],
  ])('%s on %s: %s', (pattern, event, verdict, said) => {
    const explanation = explain(pattern, event);
    expect(explanation.match).toBe(false);
    const unmet = explanation.alternatives[0]!.fields.filter((field) => field.verdict !== 'met');
    expect(unmet.map((field) => field.verdict)).toEqual([verdict]);
    expect(`${unmet[0]!.reason}\n${unmet[0]!.hint}`).toContain(said);
  });

  it('names the values and how many more there are', () => {
    const [field] = explain('{"a":{"b":["x"]}}', '{"a":[{"b":[0,1]},{"b":[2,3,4,5,6]}]}').alternatives[0]!
      .fields;
    expect(field?.found.map(({ place }) => place)).toEqual([
      'a[0].b[0]',
      'a[0].b[1]',
      'a[1].b[0]',
      'a[1].b[1]',
      'a[1].b[2]',
    ]);
    expect(field?.count).toBe(7);
  });

  it('puts the alternative first that lacks least', () => {
    const { alternatives } = explain('{"$or":[{"a":[1],"d":[1]},{"b":[1],"c":[3]}]}', '{"b":1,"c":4}');
    expect(alternatives.map(({ fields }) => fields.map(({ path }) => path))).toEqual([
      ['b', 'c'],
      ['a', 'd'],
    ]);
  });
});

describe('which values met it', () => {
  it('names the place of each', () => {
    const pattern = '{"e":{"f":["A"],"l":[{"prefix":"J"}]},"z":[{"exists":false}]}';
    const { match, alternatives } = explain(pattern, '{"e":[{"f":"A","l":"S"},{"f":["B","A"],"l":"Jones"}]}');
    expect(match).toBe(true);
    expect(
      alternatives[0]?.fields.map(({ path, found, expected }) => [path, found[0]?.place, expected]),
    ).toEqual([
      ['e.f', 'e[1].f[1]', '"A"'],
      ['e.l', 'e[1].l', 'a string that starts with "J"'],
      ['z', undefined, 'no value'],
    ]);
  });

  it('shows numbers as they were written', () => {
    const [field] = explain('{"a":[100]}', '{"a":1.00E2}').alternatives[0]!.fields;
    expect(field?.found).toEqual([{ place: 'a', text: '1.00E2' }]);
  });
});

describe('printExplanation', () => {
  it('prints a line for each field', () => {
    const pattern = '{"source":["a"],"detail":{"n":[{"numeric":[">",3]}]}}';
    expect(printExplanation(explain(pattern, '{"source":"a","detail":{"n":[1,2]}}'))).toBe(
      [
        'no match',
        '  ✗ detail.n: no value there is one of those asked for',
        '      found detail.n[0] = 1',
        '      found detail.n[1] = 2',
        '      expected a number > 3',
        '  ✓ source: source = "a" is "a"',
      ].join('\n'),
    );
    expect(printExplanation(explain(pattern, '{"source":"a","detail":{"n":4}}'))).toBe(
      ['match', '  ✓ detail.n: detail.n = 4 is a number > 3', '  ✓ source: source = "a" is "a"'].join('\n'),
    );
  });

  it('shows the nearest alternatives', () => {
    const items = Array.from({ length: 5 }, (_, i) => `{"a":[${i}]}`).join();
    const text = printExplanation(explain(`{"$or":[${items}]}`, '{"a":9}'));
    expect(text.match(/alternative \d of 5/g)).toHaveLength(3);
    expect(text).toContain('and 2 more alternatives that fit no better');
  });
});

it('takes values, and refuses what is not an event', () => {
  expect(explainValue(parsed('{"a":[1]}'), { a: 1 }).value?.match).toBe(true);
  expect(explainText(parsed('{"a":[1]}'), '[]').diagnostics.map(({ code }) => code)).toEqual([
    'pattern/event-not-an-object',
  ]);
});

describeShared('explaining labelled events', () => {
  it.each(vectorFiles)(
    '%s: agrees with the match and leaves no failure unexplained',
    { timeout: 120_000 },
    (file) => {
      for (const line of vectorLines(file)) {
        const pattern = parsePattern(documentOf('p.json', vectorPattern(line)), { accepted: true }).value;
        if (!pattern) continue;
        const { match, alternatives } = explainText(pattern, line.event).value!;
        expect(match, line.id).toBe(matchText(pattern, line.event).value);
        for (const { fields } of alternatives) {
          expect(
            fields.every(({ verdict }) => verdict === 'met'),
            line.id,
          ).toBe(match);
        }
      }
    },
  );
});
