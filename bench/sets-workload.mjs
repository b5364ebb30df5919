// A system of 50 sources with 20 event types each, and rules over it: made up, with the mix of operators, and of open
// and closed schemas, that applications have.
import { Random } from './random.mjs';

const words = ['Created', 'Updated', 'Deleted', 'Shipped', 'Paid'];
const states = ['created', 'paid', 'shipped', 'cancelled', 'refunded'];
export const sources = Array.from({ length: 50 }, (_, i) => `com.acme.service${i}`);
export const types = Array.from({ length: 20 }, (_, i) => `Thing ${words[i % words.length]} v${i}`);

function detailOf(n) {
  return {
    type: 'object',
    properties: {
      orderId: { type: 'string', pattern: '^ord-[0-9]{6}$' },
      status: { type: 'string', enum: states.slice(0, 2 + (n % 3)) },
      amount: { type: 'number', minimum: 0, maximum: 1000 * (1 + (n % 7)) },
      tags: { type: 'array', items: { type: 'string', maxLength: 20 + (n % 5) } },
      customer: {
        type: 'object',
        properties: {
          id: { type: 'string', minLength: 1 },
          country: { type: 'string', minLength: 2, maxLength: 2 },
        },
        required: ['id'],
        additionalProperties: false,
      },
      lines: {
        type: 'array',
        items: {
          type: 'object',
          properties: { sku: { type: 'string' }, qty: { type: 'integer', minimum: 1 } },
          required: ['sku'],
        },
      },
    },
    required: ['orderId', 'status'],
    ...(n % 2 === 0 ? {} : { additionalProperties: false }),
  };
}

/** One schema for each event type, of the whole event. */
export function schemas() {
  return sources.flatMap((source, i) =>
    types.map((type, j) => ({
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'object',
      properties: {
        version: { const: '0' },
        id: { type: 'string', format: 'uuid' },
        'detail-type': { const: type },
        source: { const: source },
        account: { type: 'string', pattern: '^[0-9]{12}$' },
        time: { type: 'string', format: 'date-time' },
        region: { type: 'string' },
        resources: { type: 'array', items: { type: 'string' } },
        detail: detailOf(i * types.length + j),
      },
      required: [
        'version',
        'id',
        'detail-type',
        'source',
        'account',
        'time',
        'region',
        'resources',
        'detail',
      ],
      additionalProperties: false,
    })),
  );
}

/** Some rules' patterns; seven of ten name a source and an event type, the others are wider. */
export function* patterns(count, seed = 42) {
  const random = new Random(seed);
  const often = (share) => random.fraction() < share;
  for (let i = 0; i < count; i++) {
    const wide = random.below(10);
    const pattern = {
      source: wide < 8 ? [random.pick(sources)] : [{ prefix: `com.acme.service${random.below(5)}` }],
    };
    if (often(0.85)) {
      pattern['detail-type'] = often(0.8)
        ? [random.pick(types)]
        : [{ prefix: `Thing ${random.pick(words).slice(0, 3)}` }];
    }
    const detail = {};
    if (often(0.6)) detail.status = [random.pick(states)];
    if (often(0.3)) detail.amount = [{ numeric: ['>', random.below(9000)] }];
    if (often(0.2)) detail.orderId = [{ prefix: `ord-${random.below(1000)}` }];
    if (often(0.15)) detail.customer = { country: [random.pick(['DE', 'US', 'Germany'])] };
    if (often(0.1))
      detail.lines = { sku: [{ wildcard: `A*${random.below(50)}` }], qty: [{ numeric: ['>=', 1] }] };
    if (often(0.1)) detail.tags = [{ 'anything-but': ['x'] }];
    if (often(0.1)) detail.coupon = [{ exists: false }];
    if (Object.keys(detail).length > 0) pattern.detail = detail;
    yield pattern;
  }
}
