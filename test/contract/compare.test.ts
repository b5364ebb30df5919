import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fateOf } from '../../src/contract/change.ts';
import { differenceWords } from '../../src/contract/difference-words.ts';
import { SchemaFiles, withFilePointers } from '../../src/contract/places.ts';
import type { JsonObject, JsonValue } from '../../src/json/value.ts';
import { loadContracts } from '../../src/load/contracts/contracts.ts';
import { compileSchema } from '../../src/schema/compiled.ts';
import { confirmedValid } from '../../src/schema/witness.ts';
import { describeShared, sharedPath } from '../support/shared.ts';
import { compare, documents, eventSchema, fate } from './support.ts';

const closed = (
  properties: JsonObject,
  required: readonly string[] = Object.keys(properties),
): JsonObject => ({
  type: 'object',
  properties,
  required: [...required],
  additionalProperties: false,
});
const open = (properties: JsonObject, required: readonly string[] = []): JsonObject => ({
  type: 'object',
  properties,
  required: [...required],
});
const text = { type: 'string' };
const draft04 = { $schema: 'http://json-schema.org/draft-04/schema#' };
const draft07 = { $schema: 'http://json-schema.org/draft-07/schema#' };

/** What changes, the schemas of the details, and who breaks. */
const cases: readonly (readonly [
  what: string,
  before: JsonObject,
  after: JsonObject,
  backward: string,
  forward: string,
])[] = [
  [
    'a description',
    { ...open({ a: text }) },
    { description: 'x', ...open({ a: text }) },
    'compatible',
    'compatible',
  ],
  ['a maximum raised', open({ a: { maximum: 5 } }), open({ a: { maximum: 9 } }), 'broken', 'compatible'],
  ['a maximum lowered', open({ a: { maximum: 9 } }), open({ a: { maximum: 5 } }), 'compatible', 'broken'],
  [
    'an optional member in a closed object',
    closed({ a: text }),
    closed({ a: text, b: text }, ['a']),
    'broken',
    'compatible',
  ],
  [
    'an optional member in an open object',
    open({ a: text }),
    open({ a: text, b: text }),
    'compatible',
    'broken',
  ],
  ['a member made required', open({ a: text }), open({ a: text }, ['a']), 'compatible', 'broken'],
  ['a member made optional', open({ a: text }, ['a']), open({ a: text }), 'broken', 'compatible'],
  [
    'a value of an enum more',
    open({ a: { enum: ['x'] } }),
    open({ a: { enum: ['x', 'y'] } }),
    'broken',
    'compatible',
  ],
  [
    'anyOf in place of enum',
    open({ a: { enum: [1, 2] } }),
    open({ a: { anyOf: [{ const: 2 }, { const: 1 }] } }),
    'compatible',
    'compatible',
  ],
  [
    'integers as a draft says it otherwise',
    { ...draft04, ...open({ a: { minimum: 1, exclusiveMinimum: true } }) },
    open({ a: { exclusiveMinimum: 1 } }),
    'compatible',
    'compatible',
  ],
  [
    'definitions in place of $defs',
    { ...draft07, ...open({ a: { $ref: '#/definitions/T' } }), definitions: { T: text } },
    { ...open({ a: { $ref: '#/$defs/T' } }), $defs: { T: text } },
    'compatible',
    'compatible',
  ],
  [
    'a range and an enum that do not overlap',
    open({ a: { enum: [1] } }, ['a']),
    open({ a: { enum: [2] } }, ['a']),
    'broken',
    'broken',
  ],
  [
    'a reference that leads nowhere',
    open({ a: text }, ['a']),
    open({ a: { $ref: 'https://nowhere.example/x' } }, ['a']),
    'unknown',
    'unknown',
  ],
  [
    'a range that nothing is in',
    open({ a: text }),
    open({ a: { type: 'integer', minimum: 2, maximum: 1 } }, ['a']),
    'removed',
    'removed',
  ],
];

describe('a change of one event type', () => {
  it.each(cases)('%s', (_, before, after, backward, forward) => {
    expect(fate(before, after, 'backward')).toBe(backward);
    expect(fate(before, after, 'forward')).toBe(forward);
    const worst = [backward, forward].find((each) => each === 'broken') ?? backward;
    expect(fate(before, after, 'full')).toBe(worst);
    expect(fate(before, before, 'full')).toBe('unchanged');
  });

  it.each(cases)('comes with events that show it: %s', (_, before, after) => {
    const [change] = compare(
      { 'a.json': eventSchema('shop@A', before) },
      { 'a.json': eventSchema('shop@A', after) },
      'full',
    );
    if (change?.kind !== 'changed') return;
    const [old, now] = [change.before, change.after].map(
      ({ schema }) => compileSchema(schema, { formatAssertion: true }).value!,
    );
    for (const answer of change.answers) {
      if (answer.verdict !== 'broken') continue;
      const { event, keyword } = answer.break;
      expect(confirmedValid(now!, event)).toBe(answer.direction === 'backward');
      expect(confirmedValid(old!, event)).toBe(answer.direction === 'forward');
      expect(event).toMatchObject({ source: 'shop', 'detail-type': 'A', version: '0' });
      expect(keyword).not.toBe('');
    }
  });
});

describe('event types that come and go', () => {
  const order = closed({ id: text, amount: { type: 'integer', minimum: 1 } });
  // The same set in other words.
  const sameOrder = {
    allOf: [open({ id: text, amount: { type: 'number', multipleOf: 1 } }, ['id', 'amount'])],
    ...closed({ id: true, amount: { exclusiveMinimum: 0 } }),
  };
  const refund = closed({ refund: text });

  it('are told apart: added, removed, renamed, unchanged', () => {
    const changes = compare(
      {
        'a.json': eventSchema('shop@Placed', order),
        'b.json': eventSchema('shop@Gone', refund),
        'c.json': eventSchema('shop@Kept', refund),
      },
      {
        'x.json': eventSchema('shop@Received', sameOrder),
        'y.json': eventSchema('shop@Fresh', closed({ other: text })),
        'c.json': eventSchema('shop@Kept', refund),
      },
    );
    const told = changes.map((change) => [
      'before' in change ? change.before.id : '',
      fateOf(change),
      'after' in change ? change.after.id : '',
    ]);
    expect(told.sort()).toEqual([
      ['', 'added', 'shop@Fresh'],
      ['shop@Gone', 'removed', ''],
      ['shop@Kept', 'unchanged', 'shop@Kept'],
      ['shop@Placed', 'renamed', 'shop@Received'],
    ]);
  });

  it('are not called renamed where the schemas say nothing', () => {
    const anything = (name: string) => eventSchema(name, { type: 'object' });
    const changes = compare({ 'a.json': anything('shop@A') }, { 'b.json': anything('shop@B') });
    expect(changes.map(fateOf)).toEqual(['removed', 'added']);
  });

  it('keep their names when shared definitions move on', () => {
    const event = { 'e.json': eventSchema('shop@E', open({ a: { $ref: 'common.json#/$defs/T' } }, ['a'])) };
    const common = (maxLength: number) => ({ 'common.json': { $defs: { T: { ...text, maxLength } } } });
    const [change] = compare({ ...event, ...common(5) }, { ...event, ...common(9) });
    expect(change).toMatchObject({
      kind: 'changed',
      answers: [{ verdict: 'broken', break: { at: ['detail', 'a'], keyword: 'maxLength' } }],
    });
  });
});

describe('what is refused', () => {
  it.each([
    [closed({ a: text }), closed({ a: text, b: text }), 'detail has "b", and no further members are allowed'],
    [open({}, ['a']), open({}), 'detail lacks "a", which is required'],
    [open({ a: { maximum: 5 } }), open({ a: { maximum: 6 } }), 'detail.a fails "maximum": 5'],
    [open({ a: { items: text } }), open({}), 'detail.a.0 fails "type": "string"'],
  ])('%j → %j', (before, after, words) => {
    const files = (detail: JsonObject) => ({ 'a.json': eventSchema('shop@A', detail) });
    const [change] = compare(files(before), files(after));
    const [answer] = change?.kind === 'changed' ? change.answers : [];
    expect(answer?.verdict === 'broken' ? differenceWords(answer.break) : answer).toBe(words);
  });
});

describe('places', () => {
  const files = {
    'e.json': eventSchema(
      'shop@E',
      open({ list: { type: 'array', items: { $ref: 'common.json#/$defs/T' } } }),
    ),
    'common.json': { $defs: { T: { type: 'string', maxLength: 5 } } },
  };
  const loaded = documents(files);
  const contract = loadContracts(loaded).value[0]!;
  const places = new SchemaFiles(loaded);
  const shown = (at: readonly (string | number)[], keyword: string) => {
    const { document, start, end } = places.nearest(contract, at, keyword);
    return `${document.path} ${document.text.slice(start, end)}`;
  };

  it.each([
    [['detail', 'list', 3], 'maxLength', 'new/common.json "maxLength": 5'],
    [['detail', 'list', 3], 'pattern', 'new/e.json "items"'],
    [['detail', 'list'], 'maxItems', 'new/e.json "list"'],
    [['detail', 'nothing'], 'maxLength', 'new/e.json "E"'],
  ])('%j %s', (at, keyword, wanted) => {
    expect(shown(at, keyword)).toBe(wanted);
  });

  it('are named as the files count them', () => {
    const reason =
      'as (/$defs/file:~1~1~1s~1shop~040Order.json/type), no (/$defs/https:~1~1a.example~1b~1Order.json/properties/id/const), no (/properties/source)';
    expect(withFilePointers(reason)).toBe(
      'as (shop@Order.json#/type), no (Order.json#/properties/id/const), no (/properties/source)',
    );
  });
});

interface ContainmentCase {
  readonly id: string;
  readonly sub: JsonValue;
  readonly super: JsonValue;
  readonly expect: 'contained' | 'not-contained';
}

describeShared('containment vectors, as members of an event', () => {
  const cases = JSON.parse(
    readFileSync(sharedPath('vectors/containment-dev.json'), 'utf8'),
  ) as ContainmentCase[];
  it.each(cases)('$id', (one) => {
    const version = (value: JsonValue) => ({
      'event.json': eventSchema('shop@E', {
        ...open({ value: { $ref: 'value.json' } }, ['value']),
      }),
      'value.json': value,
    });
    const wrap = (schema: JsonValue): JsonValue =>
      typeof schema === 'boolean' ? { allOf: [schema] } : schema;
    const [change] = compare(version(wrap(one.super)), version(wrap(one.sub)));
    const wanted = one.expect === 'contained' ? ['compatible', 'unchanged', 'removed'] : ['broken'];
    expect(wanted).toContain(fateOf(change!));
  });
});
