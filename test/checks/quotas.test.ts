import { describe, expect, it } from 'vitest';
import { rules, told } from './told.ts';

describe('quotas', () => {
  it('counts the rules of a bus', async () => {
    const many = (count: number) =>
      rules(Object.fromEntries(Array.from({ length: count }, (_, i) => [`Rule${i}`, `{ source: [s${i}] }`])));
    expect(await told('quota/rules-per-bus', { 'template.yaml': many(300) })).toEqual([]);
    expect(await told('quota/rules-per-bus', { 'template.yaml': many(301) })).toHaveLength(1);
  });

  it.each([
    ['orders_Shipped.v2-x', 0],
    ['orders/shipped', 1],
    ['x'.repeat(64), 0],
    ['x'.repeat(65), 1],
    ['!Sub "${AWS::StackName}-orders shipped"', 0],
    ['"orders-{{ stage }}"', 0],
  ])('the name of a rule: %s', async (name, count) => {
    const template = rules({ One: '{ source: [a] }' }).replace(
      'EventPattern',
      `Name: ${name}\n      EventPattern`,
    );
    expect(await told('quota/name', { 'template.yaml': template })).toHaveLength(count);
  });
});

describe('presets', () => {
  const template = rules({ One: '{ source: [shop.order], detail-type: [OrderPlaced], detail_type: [X] }' });
  const files = {
    'template.yaml': template.replace('Work.Arn }]', 'Work.Arn }, { Id: again, Arn: !GetAtt Work.Arn }]'),
  };
  const severities = async (...line: string[]) => ({
    proven: (await told('pattern/unknown-envelope-field', files, ...line)).map((each) => each.split(':')[0]),
    probable: (await told('rule/duplicate-delivery', files, ...line)).map((each) => each.split(':')[0]),
    advice: (await told('target/no-dead-letter-queue', files, ...line)).map((each) => each.split(':')[0]),
  });

  it('leave what is proven, or take everything seriously', async () => {
    expect(await severities()).toEqual({ proven: ['error'], probable: ['warning'], advice: ['info'] });
    expect(await severities('--preset', 'adopt')).toEqual({ proven: ['error'], probable: [], advice: [] });
    expect(await severities('--preset', 'strict')).toEqual({
      proven: ['error'],
      probable: ['error'],
      advice: ['warning'],
    });
  });

  it('stand in the config too, and single codes win over them', async () => {
    const config = JSON.stringify({ preset: 'adopt', severity: { 'rule/duplicate-delivery': 'error' } });
    const withConfig = { ...files, 'busproof.config.json': config };
    expect(await told('rule/duplicate-delivery', withConfig)).toHaveLength(1);
    expect(await told('target/no-dead-letter-queue', withConfig)).toEqual([]);
    expect(await told('target/no-dead-letter-queue', withConfig, '--preset', 'strict')).toHaveLength(1);
  });
});
