import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentOf, spanOf } from '../../../src/json/document.ts';
import { nodeOf } from '../../../src/json/node.ts';
import type { JsonObject, JsonValue } from '../../../src/json/value.ts';
import { boundOf, mayPublish } from '../../../src/publish/iam/bound.ts';
import { statementsOf } from '../../../src/publish/iam/statement.ts';

const span = spanOf(documentOf('role', ''), 0, 0);
const arn = (name: string): string => `arn:aws:events:eu-west-1:111122223333:${name}`;
const buses = [arn('event-bus/default'), arn('event-bus/orders'), arn('event-busv2/orders/abc')];
const sources = ['shop.orders', 'shop.chat', 'bank'];
const detailTypes = ['Placed', 'Paid', 'Said'];
const requests = buses.flatMap((bus) =>
  sources.flatMap((source) => detailTypes.map((detailType) => ({ bus, source, detailType }))),
);

const some = <T>(values: readonly T[]): fc.Arbitrary<T | T[]> =>
  fc.oneof(
    fc.constantFrom(...values),
    fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }),
  );
const actions = [
  'events:PutEvents',
  'events:putevents',
  'events:Put*',
  'events:*',
  '*',
  'events:PutRule',
  's3:*',
  'events:PutE?ents',
];
const resources = [
  '*',
  ...buses,
  arn('event-bus/*'),
  arn('rule/x'),
  'arn:aws:events:*:*:event-bus/o*',
  'arn:aws:s3:::b',
];
const operators = [
  'StringEquals',
  'StringLike',
  'StringNotEquals',
  'StringNotLike',
  'StringEqualsIfExists',
].flatMap((op) => [op, op]);
const condition = fc
  .array(
    fc.tuple(
      fc.constantFrom(...operators),
      fc.oneof(
        fc.tuple(fc.constant('events:source'), some([...sources, 'shop.*', '*', 'b?nk', 'other'])),
        fc.tuple(fc.constant('events:Detail-Type'), some([...detailTypes, 'P*', 'Other'])),
        fc.tuple(fc.constant('aws:PrincipalTag/team'), some(['red'])),
      ),
    ),
    { maxLength: 2 },
  )
  .map((parts) => {
    const block: Record<string, JsonObject> = {};
    for (const [operator, [key, values]] of parts) block[operator] = { ...block[operator], [key]: values };
    return block;
  });
const statement = fc
  .record({
    Effect: fc.oneof(
      { arbitrary: fc.constant('Allow'), weight: 3 },
      { arbitrary: fc.constant('Deny'), weight: 2 },
    ),
    action: fc.tuple(
      fc.oneof({ arbitrary: fc.constant('Action'), weight: 4 }, fc.constant('NotAction')),
      some(actions),
    ),
    resource: fc.tuple(
      fc.oneof({ arbitrary: fc.constant('Resource'), weight: 4 }, fc.constant('NotResource')),
      some(resources),
    ),
    Condition: fc.option(condition, { nil: undefined }),
  })
  .map(({ Effect, action: [actionKey, action], resource: [resourceKey, resource], Condition }) => ({
    Effect,
    [actionKey]: action,
    [resourceKey]: resource,
    ...(Condition ? { Condition } : {}),
  }));

type Plain = Readonly<Record<string, JsonValue>>;

/** IAM's own reading, value by value: one request, one statement. A condition on a key that is absent is not met. */
function applies(one: Plain, action: string, request: (typeof requests)[number]): boolean {
  const named = (plain: string, not: string, text: string, fold: boolean): boolean => {
    const list = (key: string) => [one[key] ?? []].flat() as string[];
    const hit = (values: string[]) =>
      values.some((value) => glob(fold ? value.toLowerCase() : value, fold ? text.toLowerCase() : text));
    return one[not] === undefined ? hit(list(plain)) : !hit(list(not));
  };
  if (!named('Action', 'NotAction', action, true) || !named('Resource', 'NotResource', request.bus, false))
    return false;
  return Object.entries((one['Condition'] ?? {}) as JsonObject).every(([operator, keys]) =>
    Object.entries(keys as JsonObject).every(([key, given]) => {
      const raw = action.endsWith('RawEvents');
      const field = { 'events:source': request.source, 'events:detail-type': request.detailType }[
        key.toLowerCase()
      ];
      const actual = raw ? undefined : field;
      const negated = operator.includes('Not');
      if (actual === undefined) return negated || operator.endsWith('IfExists');
      const values = [given].flat() as string[];
      const hit = values.some((value) =>
        operator.includes('Like') ? glob(value, actual) : value === actual,
      );
      return negated ? !hit : hit;
    }),
  );
}

function glob(pattern: string, text: string): boolean {
  const escape = (part: string) => part.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escape(pattern).replaceAll('*', '.*').replaceAll('?', '.')}$`).test(text);
}

function allowed(statements: readonly Plain[], request: (typeof requests)[number]): boolean {
  const raw = request.bus.includes('event-busv2') ? ['events:PutRawEvents'] : [];
  return ['events:PutEvents', ...raw].some((action) => {
    const hits = statements.filter((one) => applies(one, action, request));
    return hits.some((one) => one['Effect'] === 'Allow') && !hits.some((one) => one['Effect'] === 'Deny');
  });
}

const boundFor = (statements: readonly Plain[]) =>
  boundOf(statementsOf(nodeOf({ Statement: statements } as JsonObject, span)));

const runs = Number(process.env['BUSPROOF_RUNS'] ?? 3000);

describe('the bound of random roles', { timeout: 60_000 * Math.max(1, runs / 3000) }, () => {
  it('allows whatever a brute-force reading of the policies allows', () => {
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 4 }), (statements) => {
        const bound = boundFor(statements);
        for (const request of requests) {
          if (allowed(statements, request)) expect(mayPublish(bound, request)).toBe(true);
        }
      }),
      { numRuns: runs },
    );
  });

  it('is nothing wherever there are no denials under conditions and the brute force finds nothing', () => {
    let silent = 0;
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 3 }), (statements) => {
        const plain = statements.filter(
          (one) => one.Effect === 'Allow' && !('Condition' in one) && 'Action' in one && 'Resource' in one,
        );
        if (requests.some((request) => allowed(plain, request))) return;
        // PutPartnerEvents, and buses outside of the few tried here, are what else a role may allow.
        const elsewhere = JSON.stringify(plain).match(/event-bus\/o\*|"\*"|event-bus\/\*/);
        if (elsewhere) return;
        silent++;
        expect(boundFor(plain).grants).toEqual([]);
      }),
      { numRuns: 2000 },
    );
    expect(silent).toBeGreaterThan(500);
  });
});
