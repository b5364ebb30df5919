import { describe, expect, it } from 'vitest';
import { rules, schema, told } from './told.ts';

const CODE = 'target/expectation-refused';

const order = schema('shop@OrderCreated', {
  orderId: { type: 'string' },
  total: { type: 'number' },
  lines: { type: 'object', properties: { count: { type: 'integer' } }, required: ['count'] },
});

/** A rule on orders that gives the function what `shaping` makes of them; the function reads `reads`. */
function shop(
  reads: object,
  shaping = '',
  pattern = '{ source: [shop], detail-type: [OrderCreated] }',
): string {
  return `Resources:
  Created:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: ${pattern}
      Targets:
        - Id: ledger
          Arn: !GetAtt Ledger.Arn
          ${shaping}
  Ledger:
    Type: AWS::Lambda::Function
    Metadata: { Busproof: { expects: [{ event: shop@OrderCreated, schema: ${JSON.stringify(reads)} }] } }
`;
}

function toldOf(reads: object, shaping = '', pattern?: string, contract = order): Promise<string[]> {
  return told(CODE, { 'template.yaml': shop(reads, shaping, pattern), 'schemas/order.json': contract });
}

const transformer = (paths: object, template: object | string): string =>
  `InputTransformer: ${JSON.stringify({
    InputPathsMap: paths,
    InputTemplate: typeof template === 'string' ? template : JSON.stringify(template),
  })}`;

const loose = schema(
  'shop@OrderCreated',
  { orderId: { type: 'string' }, coupon: { type: 'string' } },
  { required: ['orderId'] },
);

describe('what a consumer says it reads', () => {
  it('must be in every event that the schema allows and the rule takes', async () => {
    expect(await toldOf({ required: ['orderId'] })).toEqual([]);
    expect(await toldOf({ properties: { total: { type: 'integer' } } })).toEqual([
      'error: Ledger cannot read every shop@OrderCreated as Created gives it: detail.total fails "type": "integer"',
    ]);
    expect(await toldOf({ required: ['coupon'] }, '', undefined, loose)).toEqual([
      'error: Ledger cannot read every shop@OrderCreated as Created gives it: detail lacks "coupon", which is required',
    ]);
  });

  it('may be promised by the pattern', async () => {
    const asks = (coupon: string) =>
      `{ source: [shop], detail-type: [OrderCreated], detail: { coupon: [${coupon}] } }`;
    expect(await toldOf({ required: ['coupon'] }, '', asks('{ exists: true }'), loose)).toEqual([]);
    expect(await toldOf({ required: ['coupon'] }, '', asks('{ exists: false }'), loose)).toHaveLength(1);
    expect(await toldOf({ properties: { coupon: { maxLength: 3 } } }, '', asks('abc, de'), loose)).toEqual(
      [],
    );
  });

  it('is not asked of events that come to nobody, nor where the pattern is known only at deployment', async () => {
    const never = { properties: { orderId: { type: 'integer' } } };
    expect(await toldOf(never, '', '{ source: [other] }')).toEqual([]);
    const unknown = '{ source: [shop], detail-type: [!ImportValue Type] }';
    expect(await toldOf(never, '', unknown)).toEqual([]);
    expect(await toldOf(never, '', '{ source: [shop], account: [!Ref AWS::AccountId] }')).toHaveLength(1);
  });
});

describe('a shaped input', () => {
  it('may be all of the detail', async () => {
    expect(await toldOf({ required: ['orderId'] }, 'InputPath: $.detail')).toEqual([]);
    expect(await toldOf({ required: ['coupon'] }, 'InputPath: $.detail', undefined, loose)).toHaveLength(1);
  });

  it('may be a part of it', async () => {
    expect(await toldOf({ required: ['count'] }, 'InputPath: $.detail.lines')).toEqual([]);
    expect(await toldOf({ properties: { count: { maximum: 9 } } }, 'InputPath: $.detail.lines')).toEqual([
      'error: Ledger cannot read every shop@OrderCreated as Created gives it: input.count fails "maximum": 9',
    ]);
  });

  it('may be a constant', async () => {
    const reads = { properties: { orderId: { type: 'string' } }, required: ['orderId'] };
    expect(await toldOf(reads, `Input: '{ "orderId": "1" }'`)).toEqual([]);
    expect(await toldOf(reads, `Input: '{ "detail": { "orderId": "1" } }'`)).toEqual([]);
    expect(await toldOf(reads, `Input: '{ "detail": { "orderId": 1 } }'`)).toEqual([
      'error: Ledger cannot read every shop@OrderCreated as Created gives it: input.detail.orderId fails "type": "string"',
    ]);
    expect(await toldOf(reads, 'Input: !Ref Given')).toEqual([]);
  });

  it('is judged where its fields end up', async () => {
    const paths = { id: '$.detail.orderId', count: '$.detail.lines.count' };
    const reads = { properties: { count: { maximum: 9 } }, required: ['count'] };
    expect(await toldOf(reads, transformer(paths, '{ "count": <count>, "id": <id> }'))).toHaveLength(1);
    expect(await toldOf(reads, transformer(paths, '{ "detail": { "count": <count> } }'))).toHaveLength(1);
    expect(await toldOf(reads, transformer(paths, '{ "count": 7, "id": <id> }'))).toEqual([]);
    const text = { properties: { count: { type: 'string' } } };
    expect(await toldOf(text, transformer(paths, '{ "count": "<count> items" }'))).toEqual([]);
    expect(await toldOf(text, transformer(paths, '{ "count": <count> }'))).toHaveLength(1);
  });

  it('may be what an expectation about the event is not about: then it is a warning', async () => {
    const mail = transformer({ id: '$.detail.orderId' }, '"Order <id> is on its way"');
    expect(await toldOf({ required: ['orderId'] }, mail)).toEqual([
      'warning: Ledger cannot read every shop@OrderCreated as Created gives it: input lacks "orderId", which is required',
    ]);
    expect(await toldOf({ required: ['total'] }, mail)).toHaveLength(1);
    expect((await toldOf({ required: ['total'] }, mail))[0]).toMatch(/^error/);
  });

  it('is not judged where it is not followed exactly', async () => {
    const never = { properties: { count: { type: 'string' } }, required: ['count'] };
    const rule = transformer({}, '{ "count": 1, "rule": <aws.events.rule-name> }');
    expect(await toldOf(never, rule)).toEqual([]);
    const index = transformer({ first: '$.resources[0]' }, '{ "count": <first> }');
    expect(await toldOf(never, index)).toEqual([]);
    const gap = transformer({ coupon: '$.detail.coupon' }, '{ "count": <coupon> }');
    expect(await toldOf({ properties: { count: { type: 'number' } } }, gap, undefined, loose)).toHaveLength(
      1,
    );
    expect(await toldOf({ properties: { count: { minLength: 1 } } }, gap, undefined, loose)).toHaveLength(1);
    expect(await toldOf({ required: ['count'] }, gap, undefined, loose)).toEqual([]);
  });
});

it('what a function says of itself is not about another of that name in another template', async () => {
  const silent = shop({}).replace(/ {4}Metadata: .*\n/, '');
  const files = {
    'one/template.yaml': shop({ required: ['coupon'] }, '', '{ source: [other] }'),
    'two/template.yaml': silent,
    'schemas/order.json': order,
  };
  expect(await told(CODE, files)).toEqual([]);
  const named =
    'expectations: [{ consumer: Ledger, event: shop@OrderCreated, schema: { required: [coupon] } }]';
  expect(await told(CODE, { ...files, 'busproof.config.yaml': named })).toHaveLength(1);
});

it('an expectation that cannot be read is told by check, too', async () => {
  const files = {
    'template.yaml': rules({ Created: '{ source: [shop] }' }),
    'busproof.config.yaml': 'expectations: [{ consumer: Work, event: shop@OrderCreated, schema: none.json }]',
  };
  expect(await told('contract/expectation-invalid', files)).toEqual([
    'error: what Work reads cannot be told: there is no file none.json',
  ]);
});
