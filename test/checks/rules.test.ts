import { describe, expect, it } from 'vitest';
import { publisher, rules, schema, told } from './told.ts';

const status = { status: { enum: ['placed', 'paid'] } };
const placed = { 'schemas/a.json': schema('shop.orders@OrderPlaced', status) };

describe('a rule that can never match', () => {
  const pattern = (types: string, value: string) =>
    rules({ One: `{ source: [shop.orders], detail-type: [${types}], detail: { status: [${value}] } }` });

  it('is an error where all that it takes has a schema', async () => {
    const found = await told('rule/never-matches', {
      'template.yaml': pattern('OrderPlaced', 'gone'),
      ...placed,
    });
    expect(found).toEqual(['error: One can never match: no shop.orders@OrderPlaced fits its pattern']);
  });

  it('is a warning where it takes an event type without a schema too', async () => {
    const files = { 'template.yaml': pattern('OrderPlaced, OrderGone', 'gone'), ...placed };
    expect((await told('rule/never-matches', files)).map((each) => each.split(':')[0])).toEqual(['warning']);
  });

  it.each([
    ['some value is possible', pattern('OrderPlaced', 'gone, paid')],
    ['the value is only known at deployment', pattern('OrderPlaced', '!Ref AWS::StackName')],
    [
      'the bus is another one',
      pattern('OrderPlaced', 'gone').replace('EventPattern', 'EventBusName: other\n      EventPattern'),
    ],
    [
      'somebody publishes an event type without a schema that fits',
      pattern('{ prefix: Order }', 'gone') + publisher('Other', 'shop.orders@OrderGone'),
    ],
  ])('is none where %s', async (_why, template) => {
    const bound = { 'schemas/a.json': schema('shop.orders@OrderPlaced', status, { 'x-bus': 'default' }) };
    expect(await told('rule/never-matches', { 'template.yaml': template, ...bound })).toEqual([]);
  });
});

describe('a rule for an event that nobody publishes', () => {
  const names = { 'schemas/a.json': schema('shop.orders@OrderPlaced', status) };
  const waiting = (source: string, type: string) => ({
    'template.yaml': rules({ One: `{ source: [${source}], detail-type: [${type}] }` }),
    ...names,
  });

  it.each([
    ['shop.order', 'OrderPlaced', 'warning', 'did you mean shop.orders@OrderPlaced?'],
    ['shop.orders', 'orderPlaced', 'warning', 'did you mean shop.orders@OrderPlaced?'],
    ['shop.orders', 'order_placed', 'warning', 'did you mean shop.orders@OrderPlaced?'],
    ['shop.orders', 'OrderRefunded', 'info', 'nothing publishes'],
    ['billing', 'InvoiceSent', 'info', 'nothing publishes'],
  ])('%s@%s: %s', async (source, type, severity, words) => {
    const found = await told('rule/nobody-publishes', waiting(source, type));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${severity}: `));
    expect(found[0]).toContain(words.replace('nothing publishes', 'which nothing publishes on bus default'));
  });

  it.each([
    ['an AWS service', 'aws.s3', 'Object Created'],
    ['an unknown source', '!Ref AWS::StackName', 'OrderPlaced'],
    ['another source beside a known one', 'shop.orders, shop.other', 'OrderPlaced'],
  ])('says nothing of %s', async (_why, source, type) => {
    expect(await told('rule/nobody-publishes', waiting(source, type))).toEqual([]);
  });

  it('does not take a new version for a slip', async () => {
    const files = {
      'template.yaml': rules({ One: '{ source: [shop.orders], detail-type: [OrderPlacedV2] }' }),
      'schemas/a.json': schema('shop.orders@OrderPlacedV1', status),
    };
    expect((await told('rule/nobody-publishes', files))[0]).not.toContain('did you mean');
  });

  it('is a warning where all publishers of the bus are known', async () => {
    const template = rules({ One: '{ source: [billing], detail-type: [InvoiceSent] }' })
      .replace('EventPattern', 'EventBusName: !Ref Bus\n      EventPattern')
      .concat('  Bus: { Type: AWS::Events::EventBus, Properties: { Name: shop } }\n')
      .concat(publisher('Orders', 'shop.orders@OrderPlaced', '!Ref Bus'));
    expect((await told('rule/nobody-publishes', { 'template.yaml': template }))[0]).toMatch(/^warning/);
    const unknown = template.concat(
      '  Mystery: { Type: AWS::Serverless::Function, Properties: { Policies: [AdministratorAccess] } }\n',
    );
    expect((await told('rule/nobody-publishes', { 'template.yaml': unknown }))[0]).toMatch(/^info/);
  });

  it('tells on which other bus it is published', async () => {
    const template = rules({ One: '{ source: [shop.orders], detail-type: [OrderPlaced] }' })
      .concat('  Bus: { Type: AWS::Events::EventBus, Properties: { Name: shop } }\n')
      .concat(publisher('Orders', 'shop.orders@OrderPlaced', '!Ref Bus'));
    expect(await told('rule/nobody-publishes', { 'template.yaml': template })).toHaveLength(1);
  });
});

describe('a field that no schema declares', () => {
  const asks = (field: string) =>
    rules({ One: `{ source: [shop.orders], detail-type: [OrderPlaced], detail: ${field} }` });
  const nested = {
    items: { type: 'array', items: { $ref: '#/$defs/item' } },
    note: { anyOf: [{ type: 'null' }, { type: 'object', properties: { text: { type: 'string' } } }] },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    free: { type: 'object' },
  };
  const deep = schema('shop.orders@OrderPlaced', nested, {
    $defs: { item: { type: 'object', properties: { price: { type: 'number' } } } },
  });

  it.each([
    ['{ items: { price: [5] } }', []],
    ['{ note: { text: [x] } }', []],
    ['{ labels: { anything: [x] } }', []],
    ['{ free: { anything: [x] } }', []],
    ['{ items: { prise: [5] } }', ['detail.items.price']],
    ['{ note: { txt: [x] } }', ['detail.note.text']],
    ['{ lables: { anything: [x] } }', ['detail.labels.anything']],
  ])('%s', async (field, nearest) => {
    const found = await told('rule/unknown-field', { 'template.yaml': asks(field), 'schemas/a.json': deep });
    expect(found.map((each) => /did you mean "(.*)"\?/.exec(each)?.[1])).toEqual(nearest);
  });

  it('is none where the rule does not say which events it is about', async () => {
    const anything = rules({
      One: '{ detail: { state: [x] } }',
      Two: '{ detail: { state: [x] }, account: ["111122223333"] }',
    });
    const files = { 'template.yaml': anything, ...placed };
    expect(await told('rule/unknown-field', files)).toEqual([]);
    expect(await told('rule/never-matches', files)).toEqual([]);
  });

  it('is none where the rule takes an event type that nobody describes', async () => {
    const files = {
      'template.yaml':
        rules({ One: '{ source: [shop.orders], detail: { state: [x] } }' }) +
        publisher('Other', 'shop.orders@Other'),
      ...placed,
    };
    expect(await told('rule/unknown-field', files)).toEqual([]);
  });
});

describe('one event twice', () => {
  const code = 'rule/duplicate-delivery';
  const both = (a: string, b: string, more = '') => rules({ A: a, B: b }, more);
  const all = '{ source: [shop.orders] }';

  it.each([
    [
      'both take it, by an event of the schema',
      all,
      '{ detail-type: [OrderPlaced], detail: { status: [paid] } }',
      1,
    ],
    ['the schema keeps them apart', '{ detail: { status: [paid] } }', '{ detail: { status: [placed] } }', 0],
    ['sources keep them apart', all, '{ source: [shop.payments] }', 0],
    [
      'without a schema one includes the other',
      '{ source: [x.y] }',
      '{ source: [x.y], detail: { a: [1] } }',
      1,
    ],
    [
      'without a schema they may just as well not',
      '{ source: [x.y], detail: { a: [1] } }',
      '{ source: [x.y], detail: { b: [1] } }',
      0,
    ],
    [
      'two values of a field that no schema declares',
      '{ source: [shop.orders], detail: { x: [1] } }',
      '{ source: [shop.orders], detail: { x: [2] } }',
      0,
    ],
    ['an unknown text decides', '{ source: [!Ref AWS::StackName] }', '{ source: [x.y] }', 0],
  ])('%s', async (_why, a, b, count) => {
    const found = await told(code, { 'template.yaml': both(a, b), ...placed });
    expect(found).toHaveLength(count);
  });

  it.each([
    [
      'one is disabled',
      (text: string) =>
        text.replace(
          'Properties:\n      EventPattern',
          'Properties:\n      State: DISABLED\n      EventPattern',
        ),
    ],
    [
      'one exists under a condition',
      (text: string) =>
        text.replace('Type: AWS::Events::Rule', 'Condition: Maybe\n    Type: AWS::Events::Rule'),
    ],
    [
      'they give it in two forms',
      (text: string) => text.replace('!GetAtt Work.Arn }', '!GetAtt Work.Arn, InputPath: $.detail }'),
    ],
    [
      'they stand on two buses',
      (text: string) => text.replace('EventPattern', 'EventBusName: other\n      EventPattern'),
    ],
  ])('is none where %s', async (_why, edit) => {
    const template = `Parameters: { P: { Type: String } }\nConditions: { Maybe: !Equals [!Ref P, a] }\n${both(all, all)}`;
    expect(await told(code, { 'template.yaml': template, ...placed })).toHaveLength(1);
    expect(await told(code, { 'template.yaml': edit(template), ...placed })).toEqual([]);
  });
});

describe('a second hop', () => {
  const hop = (from: string, to: string, pattern = '{ source: [shop.orders] }') => `
  From${from}To${to}:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref ${from}
      EventPattern: ${pattern}
      Targets: [{ Id: next, Arn: !GetAtt ${to}.Arn, RoleArn: arn:aws:iam::111122223333:role/forward }]`;
  const buses = ['One', 'Two', 'Three']
    .map((name) => `\n  ${name}: { Type: AWS::Events::EventBus, Properties: { Name: ${name} } }`)
    .join('');

  it.each([
    ['is dead where both take the event', [hop('One', 'Two'), hop('Two', 'Three')], 1],
    ['is meant where it goes back', [hop('One', 'Two'), hop('Two', 'One')], 0],
    ['takes other events', [hop('One', 'Two'), hop('Two', 'Three', '{ source: [shop.payments] }')], 0],
    ['is none where nothing follows', [hop('One', 'Two'), hop('One', 'Three')], 0],
  ])('%s', async (_why, hops, count) => {
    const template = `Resources:${buses}${hops.join('')}\n`;
    expect(await told('topology/dead-second-hop', { 'template.yaml': template })).toHaveLength(count);
  });
});
