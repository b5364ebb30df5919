import { describe, expect, it } from 'vitest';
import { readPact } from '../../src/contract/pact.ts';
import { parsePactPath, weightOf } from '../../src/contract/pact-paths.ts';
import { documentOf } from '../../src/json/document.ts';
import { parseJson } from '../../src/json/parse-json.ts';
import type { JsonObject, JsonValue } from '../../src/json/value.ts';
import { compileSchema } from '../../src/schema/compiled.ts';
import { judgeOf } from '../../src/schema/validator.ts';

function read(value: JsonValue, event?: string) {
  const node = parseJson(documentOf('pact.json', JSON.stringify(value))).value!;
  return readPact(node, { consumer: undefined, event });
}

const rule = (...matchers: JsonObject[]) => ({ combine: 'AND', matchers });

function three(contents: JsonValue, body: JsonObject = {}, more: JsonObject = {}): JsonObject {
  return {
    consumer: { name: 'Ledger' },
    provider: { name: 'Shop' },
    messages: [{ description: 'an order', contents, matchingRules: { body }, ...more }],
    metadata: { pactSpecification: { version: '3.0.0' } },
  };
}

const order = {
  source: 'shop',
  'detail-type': 'OrderCreated',
  detail: { id: 'o1', items: [{ sku: 'a', n: 1 }], note: null },
};

/** Which of these details a Pact file can read. */
function reads(file: JsonValue, ...details: JsonValue[]): readonly boolean[] {
  const { value } = read(file);
  const judge = judgeOf(compileSchema(value[0]!.schema).value!);
  return details.map((detail) => judge(detail) === true);
}

describe('a Pact file', () => {
  it('of version 3 asks for equal values where no rule says otherwise, and lets further members be', () => {
    const same = { ...order.detail, more: 1 };
    expect(read(three(order)).value[0]).toMatchObject({
      consumer: 'Ledger',
      type: { source: 'shop', detailType: 'OrderCreated' },
    });
    expect(reads(three(order), same, { ...same, id: 'o2' }, { ...same, items: [] }, { id: 'o1' })).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it.each([
    ['type', { '$.detail.id': rule({ match: 'type' }) }, { id: 'x' }, { id: 1 }],
    [
      'type of a list, at least one',
      { '$.detail.items': rule({ match: 'type', min: 1 }) },
      {
        items: [
          { sku: 'b', n: 2 },
          { sku: 'c', n: 3 },
        ],
      },
      { items: [] },
    ],
    [
      'type of a list, its members',
      { '$.detail.items': rule({ match: 'type' }) },
      { items: [] },
      { items: [{ sku: 'b' }] },
    ],
    [
      'a wildcard',
      {
        '$.detail.items': rule({ match: 'type' }),
        '$.detail.items[*].sku': rule({ match: 'regex', regex: '^[a-c]$' }),
      },
      { items: [{ sku: 'c', n: 9 }] },
      { items: [{ sku: 'd', n: 9 }] },
    ],
    [
      'names in brackets',
      { "$['detail']['id']": rule({ match: 'include', value: 'o' }) },
      { id: 'foo' },
      { id: 'far' },
    ],
    [
      'integer',
      { '$.detail.items[0].n': rule({ match: 'integer' }) },
      { items: [{ sku: 'a', n: 7 }] },
      { items: [{ sku: 'a', n: 7.5 }] },
    ],
    ['null', { '$.detail.note': rule({ match: 'null' }) }, { note: null }, { note: '' }],
    ['not empty', { '$.detail.id': rule({ match: 'notEmpty' }) }, { id: 'z' }, { id: '' }],
    [
      'any of',
      { '$.detail.id': { combine: 'OR', matchers: [{ match: 'null' }, { match: 'type' }] } },
      { id: null },
      { id: 1 },
    ],
    [
      'both of',
      { '$.detail.id': rule({ match: 'type' }, { match: 'regex', regex: '^o' }) },
      { id: 'oo' },
      { id: 'x' },
    ],
    [
      'equal again below',
      { '$.detail': rule({ match: 'type' }), '$.detail.id': rule({ match: 'equality' }) },
      { items: [] },
      { id: 'x' },
    ],
  ] as const)('has the rule %s', (_what, body, good, bad) => {
    expect(reads(three(order, body), { ...order.detail, ...good }, { ...order.detail, ...bad })).toEqual([
      true,
      false,
    ]);
  });

  it('of version 4 has its contents one level down, and requests beside', () => {
    const file = {
      consumer: { name: 'Ledger' },
      interactions: [
        { type: 'Synchronous/HTTP', request: {} },
        {
          type: 'Asynchronous/Messages',
          contents: { content: order.detail, contentType: 'application/json', encoded: false },
          metadata: { source: 'shop', detailType: 'OrderCreated' },
          matchingRules: { body: { '$.id': rule({ match: 'type' }) } },
        },
      ],
    };
    expect(read(file).diagnostics).toEqual([]);
    expect(reads(file, { ...order.detail, id: 'x' }, { ...order.detail, id: 1 })).toEqual([true, false]);
  });

  it('reads any of several messages of an event type', () => {
    const [first] = three(order)['messages'] as JsonObject[];
    const [second] = three({ ...order, detail: { id: 'o2' } })['messages'] as JsonObject[];
    const file = { ...three(order), messages: [first!, second!] };
    expect(reads(file, order.detail, { id: 'o2' }, { id: 'o3' })).toEqual([true, true, false]);
  });

  it('takes its event type from the caller where it does not say it', () => {
    expect(read(three({ id: 'o1' }), 'shop@OrderCreated').value[0]!.type.detailType).toBe('OrderCreated');
    expect(read(three({ id: 'o1' })).diagnostics).toMatchObject([
      { code: 'contract/pact', severity: 'error' },
    ]);
  });

  it('says what it does not read', () => {
    const unread = three(order, {
      '$.detail.id': rule({ match: 'semver' }),
      '$..x': rule({ match: 'type' }),
    });
    expect(read(unread).diagnostics.map(({ message }) => message)).toEqual([
      'pact.json: the matcher "$..x" is not read: what it asks is left open',
      'pact.json: the matcher "semver" is not read: what it asks is left open',
    ]);
    for (const wrong of [
      [],
      {},
      { consumer: { name: 'a' } },
      { consumer: { name: 'a' }, messages: [1, { contents: 'x' }] },
    ])
      expect(read(wrong as JsonValue).diagnostics.every(({ severity }) => severity === 'error')).toBe(true);
  });

  it('prefers the path that names more', () => {
    const place = ['a', 0, 'b'];
    const weight = (text: string) => weightOf(parsePactPath(text)!, place);
    expect([
      weight('$.a[0].b'),
      weight('$.a[*].b'),
      weight('$.*[*].*'),
      weight('$.a[1].b'),
      weight('$.a'),
    ]).toEqual([8, 4, 1, undefined, undefined]);
  });
});
