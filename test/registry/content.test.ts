import { describe, expect, it } from 'vitest';
import { isObject, type JsonObject, type JsonValue } from '../../src/json/value.ts';
import { loadContracts } from '../../src/load/contracts/contracts.ts';
import type { Contract } from '../../src/model/contract.ts';
import { exampleEvent } from '../../src/model/envelope.ts';
import { contentText, registryContent } from '../../src/registry/content.ts';
import { schemaName, schemaPath } from '../../src/registry/names.ts';
import { readSchema, sameContent } from '../../src/registry/normal-form.ts';
import { schemaTypes } from '../../src/registry/service.ts';
import { exactnessOf } from '../../src/schema/convert/loss.ts';
import { compiledOnce } from '../../src/schema/decide.ts';
import { confirmedValid } from '../../src/schema/witness.ts';
import { corpusSchemas } from '../codegen/corpus-schemas.ts';
import { documents, eventSchema } from '../contract/support.ts';
import { Dice } from '../schema/random/dice.ts';
import { accepting } from '../schema/random/schemas.ts';
import { mutated, randomObject } from '../schema/random/values.ts';
import { describeShared } from '../support/shared.ts';

const runs = Number(process.env['RANDOM_RUNS'] ?? 40);

function contractOf(schema: JsonObject): Contract {
  return loadContracts(documents({ 'schemas/e.json': schema }), { examine: false }).value[0]!;
}

/** What is wrong with the way up and down again; undefined if nothing is. */
function wrong(contract: Contract, details: readonly JsonValue[]): unknown {
  for (const type of schemaTypes) {
    const content = registryContent(contract, type);
    if (!content) return undefined;
    const name = schemaName(contract.type);
    const read = readSchema({ name, content: contentText(content.value) });
    if (read.contract?.id !== contract.id) return [type, 'another event type', read.contract?.id];
    if (!sameContent(content.value, read, type, type)) return [type, 'would go up again', read.file?.value];
    const exactness = exactnessOf(content.losses);
    const open = content.losses.some(({ text, keyword }) =>
      /not given|on the way|not known/.test(keyword + text),
    );
    const [from, to] = [compiledOnce(contract.schema), compiledOnce(read.contract.schema)];
    if (!from || !to) return [type, 'what came down is not valid', read.file?.value];
    for (const detail of details) {
      const event = exampleEvent(contract.type, detail);
      const [before, after] = [confirmedValid(from, event), confirmedValid(to, event)];
      if (before === undefined || after === undefined || open) continue;
      if (exactness === 'exact' ? before !== after : before && !after)
        return [type, exactness, before, after, detail, read.file?.value];
    }
  }
  return undefined;
}

describe('a schema that goes up and comes down', () => {
  it('says the same, and does not go up again', () => {
    const found: unknown[] = [];
    for (let seed = 1; seed <= runs; seed++) {
      const dice = new Dice(seed);
      const detail = randomObject(dice, 2);
      const schema = accepting(dice, detail);
      if (!isObject(schema)) continue;
      const details = [detail, ...Array.from({ length: 6 }, () => mutated(dice, detail))];
      const problem = wrong(contractOf(eventSchema('shop@E', schema)), details);
      if (problem !== undefined) found.push({ seed, schema, problem });
    }
    expect(found).toEqual([]);
  });

  it('keeps what a schema of whole events says about the envelope', () => {
    const whole = (more: JsonObject) => ({
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'object',
      properties: {
        source: { const: 'shop' },
        'detail-type': { const: 'Order Created' },
        detail: { $ref: '#/definitions/Order' },
        ...more,
      },
      definitions: {
        Order: {
          type: 'object',
          properties: { items: { type: 'array', items: { $ref: '#/definitions/Order' } } },
        },
      },
    });
    const usual = contractOf(whole({ account: { type: 'string' } }));
    expect(wrong(usual, [{}, { items: [{}] }, { items: [1] }])).toBeUndefined();
    expect(registryContent(usual, 'JSONSchemaDraft4')!.value).not.toHaveProperty('allOf');
    const strict = contractOf(whole({ account: { enum: ['111122223333'] }, resources: { maxItems: 1 } }));
    expect(wrong(strict, [{}, { items: [{}] }, { items: [1] }])).toBeUndefined();
    expect(registryContent(strict, 'OpenApi3')!.value['components']).toMatchObject({
      schemas: { AWSEvent: { allOf: [{}] } },
    });
    const { contract } = readSchema({
      name: 'x',
      content: JSON.stringify(registryContent(strict, 'OpenApi3')!.value),
    });
    const other = { ...exampleEvent(strict.type, {}), account: '999999999999' };
    expect(confirmedValid(compiledOnce(contract!.schema)!, other)).toBe(false);
  });

  it('has names and paths that lead nowhere else', () => {
    expect(schemaName({ source: 'aws.partner/shop.example/1', detailType: 'Order Created' })).toBe(
      'aws.partner-shop.example-1@OrderCreated',
    );
    expect(schemaPath({ source: '../../etc', detailType: '../passwd' })).toBe('-..-etc/Passwd.json');
    expect(schemaPath({ source: '..', detailType: 'A' })).toBe('events/A.json');
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['no event type', '{"type":"object"}'],
    ['OpenAPI without the event', '{"openapi":"3.0.0","components":{"schemas":{}}}'],
  ])('%s is no event', (_what, content) => {
    expect(readSchema({ name: 'Address', content }).file).toBeUndefined();
  });
});

describeShared('the schemas of the corpus as details of an event', () => {
  it('go up and come down', () => {
    const found: unknown[] = [];
    let count = 0;
    for (const { name, schema, instances } of corpusSchemas()) {
      if (!isObject(schema) || name.includes('/optional/') || schema['components'] !== undefined) continue;
      const { $id: _, id: __, ...rest } = schema;
      const details = (instances as JsonValue[]).filter(isObject);
      const problem = wrong(
        contractOf({ ...rest, 'x-amazon-events-source': 'shop', 'x-amazon-events-detail-type': 'E' }),
        details,
      );
      if (problem !== undefined) found.push({ name, problem });
      count++;
    }
    expect(found).toEqual([]);
    expect(count).toBeGreaterThan(400);
  });
});
