import { Random } from './random.mjs';

/** Envelopes of a bus with 2,000 event types, some 560 characters each, and rules that select some of them. */

const TYPES = 2000;
const STATES = ['created', 'paid', 'shipped', 'delivered', 'cancelled', 'refunded'];
const HEX = '0123456789abcdef';
const typeName = (index) => `Order${index} ${['Created', 'Updated', 'Deleted', 'Moved'][index % 4]}`;

/** Texts of envelopes. */
export function envelopes(count, seed = 2) {
  const random = new Random(seed);
  return Array.from({ length: count }, () => JSON.stringify(envelope(random)));
}

function envelope(random) {
  const item = () => ({
    sku: `sku-${random.text(HEX, 4)}`,
    qty: 1 + random.below(9),
    price: random.below(10_000) / 100,
  });
  return {
    version: '0',
    id: [8, 4, 4, 4, 12].map((length) => random.text(HEX, length)).join('-'),
    'detail-type': typeName(random.below(TYPES)),
    source: `com.example.service${random.below(50)}`,
    account: '123456789012',
    time: '2026-01-31T10:00:00Z',
    region: random.pick(['us-east-1', 'eu-west-1']),
    resources: [`arn:aws:example:us-east-1:123456789012:order/${random.text(HEX, 10)}`],
    detail: {
      tenant: `t${random.below(500)}`,
      status: random.pick(STATES),
      path: `/data/${random.text(HEX, 1)}/${random.text(HEX, 2)}/file-${random.text(HEX, 6)}.${random.pick(['json', 'csv', 'png', 'parquet'])}`,
      amount: random.below(100_000) / 100,
      priority: random.below(5),
      flags: [random.pick(['a', 'b', 'c']), random.pick(['x', 'y'])],
      items: Array.from({ length: 2 + random.below(3) }, item),
      note: 'leave it at the door, thank you',
    },
  };
}

/** Patterns: six in ten ask three fields for exact values, three a prefix, one a wildcard with two stars. */
export function busRules(count, seed = 3) {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, index) => ({
    'detail-type': [typeName(index % TYPES)],
    detail: detailRule(random),
  }));
}

function detailRule(random) {
  const kind = random.below(10);
  const folder = `/data/${random.text(HEX, 1)}`;
  if (kind < 6)
    return { tenant: [`t${random.below(500)}`], status: [random.pick(STATES), random.pick(STATES)] };
  if (kind < 9) return { path: [{ prefix: `${folder}/${random.text(HEX, random.below(3))}` }] };
  return {
    path: [{ wildcard: `${folder}*/file-${random.text(HEX, 1)}*.${random.pick(['json', 'csv', 'png'])}` }],
  };
}
