import { fileURLToPath } from 'node:url';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { envelopeProperties, envelopeRequired } from '../../src/model/envelope.ts';
import {
  detailValidators,
  examplesOf,
  mangaassistSchemas,
  readJson,
  schemaFiles,
} from '../support/mangaassist.ts';

const validators = detailValidators();
const files = schemaFiles();

const eventTypes = [
  'mangaassist.ai@AnalyticsProcessed',
  'mangaassist.ai@SuggestionGenerated',
  'mangaassist.catalog@CatalogBatchReceived',
  'mangaassist.catalog@CatalogItemUpdated',
  'mangaassist.chat@ChatMessageReceived',
  'mangaassist.chat@ChatSessionEnded',
  'mangaassist.payments@PaymentFailed',
  'mangaassist.payments@PaymentSucceeded',
  'mangaassist.payments@RefundIssued',
  'mangaassist.reviews@ModerationFlagged',
  'mangaassist.reviews@ReviewApproved',
  'mangaassist.reviews@ReviewSubmitted',
];

test('every event type of the runbook has a schema', () => {
  expect([...validators.keys()].sort()).toEqual(eventTypes);
});

describe.each(files)('$path', (file) => {
  const { schema, source, detailType } = file;
  const validate = validators.get(`${source}@${detailType}`)!;
  const { valid, invalid } = examplesOf(file);

  test('says what it is the schema of', () => {
    expect(schema).toMatchObject({
      $id: `https://mangaassist.example/schemas/${file.path}`,
      title: detailType,
      'x-amazon-events-source': source,
      'x-amazon-events-detail-type': detailType,
      'x-owner': expect.stringMatching(/-team$/),
      additionalProperties: false,
    });
  });

  test('requires stage, depth and correlation id, with the shared meaning', () => {
    for (const [key, name] of [
      ['processing_stage', 'ProcessingStage'],
      ['_chain_depth', 'ChainDepth'],
      ['correlation_id', 'CorrelationId'],
    ] as const) {
      expect(schema.required).toContain(key);
      expect(schema.properties[key]).toEqual({ $ref: `../common.json#/$defs/${name}` });
    }
  });

  test('bounds its strings and closes its objects', () => expectBounded(schema));

  test.each([...schema.examples, ...valid].map((detail, index) => ({ index, detail })))(
    'valid example $index',
    ({ detail }) => {
      expect(validate(detail), JSON.stringify(validate.errors)).toBe(true);
    },
  );

  test('has at least two valid and three invalid examples', () => {
    expect(schema.examples.length).toBeGreaterThanOrEqual(2);
    expect(invalid.length).toBeGreaterThanOrEqual(3);
  });

  test.each(invalid)('invalid: $why ($keyword)', ({ detail, keyword }) => {
    expect(validate(detail)).toBe(false);
    expect(outermost(validate.errors ?? []).map((error) => error.keyword)).toEqual([keyword]);
  });
});

test('the shared definitions bound their strings and close their objects', () => {
  expectBounded(readJson(`${mangaassistSchemas}common.json`));
});

interface EnvelopeSchema {
  readonly properties: Readonly<Record<string, object>>;
  readonly required: readonly string[];
  readonly examples: readonly Readonly<Record<string, unknown>>[];
}

const envelopePath = fileURLToPath(new URL('../../schemas/busproof/envelope.schema.json', import.meta.url));

test('the envelope has the members that the tool puts round a detail', () => {
  const { properties, required } = readJson(envelopePath) as EnvelopeSchema;
  expect(Object.keys(properties).sort()).toEqual(Object.keys(envelopeProperties).sort());
  expect([...required].sort()).toEqual([...envelopeRequired].sort());
});

test('the envelope takes a delivered event, and a replayed one', () => {
  const schema = readJson(envelopePath) as EnvelopeSchema;
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  for (const example of schema.examples)
    expect(validate(example), JSON.stringify(validate.errors)).toBe(true);
  const [event] = schema.examples;
  for (const [broken, keyword] of [
    [{ ...event, detail: '{}' }, 'type'],
    [{ ...event, account: '1234' }, 'pattern'],
    [{ ...event, version: 0 }, 'const'],
    [{ ...event, 'trace-header': 'Root=1' }, 'additionalProperties'],
    [{ ...event, resources: undefined }, 'required'],
    [{ ...event, 'detail-type': 'x'.repeat(129) }, 'maxLength'],
  ] as const) {
    validate(JSON.parse(JSON.stringify(broken)));
    expect((validate.errors ?? []).map((error) => error.keyword)).toEqual([keyword]);
  }
});

/** Every text has a bound; every object is closed, or says that it is open on purpose. */
function expectBounded(schema: unknown): void {
  for (const { where, node } of subschemas(schema)) {
    if (node['type'] === 'string' && !('enum' in node) && !('pattern' in node))
      expect(node, where).toHaveProperty('maxLength');
    if (node['type'] === 'object' && node['additionalProperties'] !== false)
      expect(node['description'], where).toContain('Open on purpose');
  }
}

/** A failed union reports every branch, and a failed property name what is wrong with it: keeps the outer error. */
function outermost(errors: readonly ErrorObject[]): ErrorObject[] {
  const outer = errors.filter(({ keyword }) => keyword === 'oneOf' || keyword === 'propertyNames');
  return errors.filter((error) =>
    outer.every((other) => other === error || !error.instancePath.startsWith(other.instancePath)),
  );
}

function* subschemas(
  node: unknown,
  where = '#',
): Generator<{ where: string; node: Record<string, unknown> }> {
  if (typeof node !== 'object' || node === null) return;
  yield { where, node: node as Record<string, unknown> };
  for (const [key, value] of Object.entries(node)) {
    if (key !== 'examples') yield* subschemas(value, `${where}/${key}`);
  }
}
