import { describe, expect, it } from 'vitest';
import { readCode } from './read.ts';

const put = (before: string, detail: string): string =>
  `const _ = require('lodash'); const { EventBridge } = require('@aws-sdk/client-eventbridge');
   exports.handler = async (event) => { ${before}
     await new EventBridge().putEvents({ Entries: [{ Source: 's', DetailType: 'T', Detail: JSON.stringify(${detail}) }] }); };`;

describe('what becomes of the detail', () => {
  it.each([
    ['is copied', '', 'event.detail', {}, 'copy'],
    [
      'is copied with a field set',
      '',
      "{ ...event.detail, a: 'x' }",
      { a: { kind: 'set', value: 'x' } },
      'copy',
    ],
    [
      'is made anew',
      '',
      '{ a: event.detail.a, b: 1 }',
      { a: { kind: 'copy' }, b: { kind: 'set', value: 1 } },
      'absent',
    ],
    [
      'is made of other fields',
      'const { order } = event.detail;',
      '{ a: event.detail.b, id: order.id, original: event.detail, first: event.detail.items[0], n: event.detail.m + 1 }',
      {
        a: { kind: 'copy', from: 'b' },
        id: { kind: 'copy', from: 'order.id' },
        original: { kind: 'copy', from: '' },
        first: { kind: 'any' },
        n: { kind: 'any' },
      },
      'absent',
    ],
    [
      'loses a field',
      'const made = { ...event.detail }; delete made.a;',
      'made',
      { a: { kind: 'any' } },
      'copy',
    ],
    ['is changed by a package', "const made = { ...event.detail }; _.set(made, 'a', 1);", 'made', {}, 'any'],
    [
      'has a field under a name nobody knows',
      'const made = { a: 1 }; made[event.x] = 2;',
      'made',
      { a: { kind: 'set', value: 1 } },
      'any',
    ],
    [
      'is written by a class',
      'class D { constructor() { this.a = 1; } toJSON() { return {}; } } const made = new D();',
      'made',
      {},
      'any',
    ],
    [
      'may be either of two',
      'const made = event.x ? { a: 1 } : { a: 2, b: 3 };',
      'made',
      { a: { kind: 'any' }, b: { kind: 'any' } },
      'absent',
    ],
  ])('%s', (_name, before, detail, fields, others) => {
    const [publication] = readCode({ 'a.js': put(before, detail) }).publications;
    expect(publication?.detail).toEqual(fields);
    expect(publication?.others).toBe(others);
  });

  it('is written by a replacer, of which nothing is known', () => {
    const [publication] = readCode({ 'a.js': put('', '{ a: 1 }, (key, value) => value') }).publications;
    expect(publication).toMatchObject({ detail: {}, others: 'any' });
  });

  it('loses what Python takes out of a dictionary', () => {
    const code = `import boto3, json
def handler(event, context):
    made = {**event["detail"], "b": 1, "c": 2}
    made.pop("a")
    del made["c"]
    boto3.client("events").put_events(Entries=[{"Source": "s", "DetailType": "T", "Detail": json.dumps(made)}])`;
    const [publication] = readCode({ 'a.py': code }).publications;
    expect(publication?.detail).toEqual({
      a: { kind: 'any' },
      b: { kind: 'set', value: 1 },
      c: { kind: 'any' },
    });
  });
});
