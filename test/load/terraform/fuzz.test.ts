import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { load } from '../support/loading.ts';
import { fixture } from './support.ts';

const files = fixture('shop');
const plan = files['shop/plan.json']!;
const source = files['shop/main.tf']!;

/** Pieces that mean something to Terraform, put where they do not belong. */
const pieces = [
  '${',
  '%{ if x }',
  '}',
  '{',
  '[',
  ']',
  '"',
  '<<EOT\n',
  '<<-',
  'for k, v in x : k => v...',
  '[*]',
  '.*.',
  '? a : b',
  'resource "aws_sqs_queue" "q" {',
  'module "m" {\n  source = "./"\n}\n',
  'local.x',
  'each.value["a"].b',
  '/*',
  '#',
  '\n',
  '\u0000',
  '\uE0F0',
  '\\u12',
  'jsonencode(',
];

const edit = fc.record({
  at: fc.nat(),
  remove: fc.nat(60),
  insert: fc.oneof(fc.constantFrom(...pieces), fc.constant(''), fc.string({ maxLength: 5 })),
});

function edited(text: string, edits: readonly { at: number; remove: number; insert: string }[]): string {
  let result = text;
  for (const { at, remove, insert } of edits) {
    const start = at % (result.length + 1);
    result = result.slice(0, start) + insert + result.slice(start + remove);
  }
  return result;
}

function holds(given: Readonly<Record<string, string>>): void {
  const { diagnostics, templates, resources, buses } = load(given);
  for (const { rulesFound, rulesLoaded } of templates) expect(rulesLoaded).toBe(rulesFound);
  for (const { attributes } of resources) expect(attributes).toBeDefined();
  for (const { id } of buses) expect(id).not.toBe('');
  for (const { span } of diagnostics) {
    if (!span) continue;
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeGreaterThanOrEqual(span.start);
    expect(span.end).toBeLessThanOrEqual(span.document.text.length + 1);
  }
}

/** Values where others are expected. */
const values = [
  null,
  true,
  -1,
  '',
  'x',
  [],
  {},
  [null],
  [[]],
  [{}],
  'module.a.module.b',
  'arn:aws:sqs:::',
  '[0]',
  '\uE0F0',
];

type Tree = { [key: string]: Tree };

function placesIn(tree: Tree): [object: Tree, key: string][] {
  return Object.keys(tree ?? {}).flatMap((key) => {
    const value = tree[key];
    const inner = typeof value === 'object' && value !== null ? placesIn(value) : [];
    return [[tree, key], ...inner] as [Tree, string][];
  });
}

describe('broken Terraform', () => {
  it('ends in findings, never in an exception: files', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) =>
        holds({ ...files, 'shop/plan.json': '', 'shop/main.tf': edited(source, edits) }),
      ),
      { numRuns: 60 },
    );
  });

  it('ends in findings, never in an exception: plans', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) =>
        holds({ 'plan.json': edited(plan, edits) }),
      ),
      { numRuns: 8 },
    );
  });

  it('may have any value at any place of a plan', () => {
    const change = fc.record({ at: fc.nat(), value: fc.constantFrom(...values) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        const tree = JSON.parse(plan) as Tree;
        const places = placesIn(tree);
        for (const { at, value } of changes) {
          const [object, key] = places[at % places.length]!;
          object[key] = value as unknown as Tree;
        }
        holds({ 'plan.json': JSON.stringify(tree) });
      }),
      { numRuns: 20 },
    );
  });

  it('may end anywhere', () => {
    for (let end = 0; end < source.length; end += 37) holds({ 'main.tf': source.slice(0, end) });
  });

  it('may nest, repeat and go round without measure', () => {
    const deep = (open: string, close: string): string => open.repeat(3000) + close.repeat(3000);
    const rule = (value: string): string =>
      `resource "aws_cloudwatch_event_rule" "r" {\n  event_pattern = ${value}\n}\n`;
    for (const text of [
      rule(deep('[', ']')),
      rule(deep('(', ')')),
      rule(deep('jsonencode(', ')')),
      rule(deep('"${', '}"')),
      rule(`"${'${a.'.repeat(2000)}"`),
      rule(`1 ${'+ 1'.repeat(3000)}`),
      rule(`${'-'.repeat(3000)}1`),
      'a {\n'.repeat(3000) + '}\n'.repeat(3000),
      'locals {\n  a = local.b\n  b = local.a\n}\n' + rule('local.a'),
      `locals {\n  a0 = [1, 2]\n${Array.from({ length: 60 }, (_, i) => `  a${i + 1} = concat(local.a${i}, local.a${i})\n`).join('')}}\n${rule('jsonencode({ source = local.a60 })')}`,
      `resource "aws_sqs_queue" "q" {\n  for_each = toset([for i in range(0, 100000) : tostring(i)])\n}\n`,
      'module "a" {\n  source = "./"\n}\nmodule "b" {\n  source = "../x"\n}\n' + rule('"{}"'),
    ])
      holds({ 'x/main.tf': text });
    // Modules that call each other.
    const calls = (to: string): string =>
      `module "one" {\n  source = "../${to}"\n}\nmodule "two" {\n  source = "../${to}"\n}\n`;
    holds({ 'a/main.tf': calls('b') + rule('"{}"'), 'b/main.tf': calls('a') + rule('"{}"') });
    const nested = Array.from({ length: 5000 }).reduce<string>(
      (inner) => `{"address":"module.a","child_modules":[${inner}]}`,
      '{}',
    );
    holds({
      'plan.json': `{"format_version":"1.2","terraform_version":"1","planned_values":{"root_module":${nested}}}`,
    });
  });

  it('may be too large: a plan of 50 MB', () => {
    const { diagnostics } = load({
      'plan.json': `{"format_version":"1.2","terraform_version":"1.11.4","variables":{"a":{"value":"${'x'.repeat(50_000_000)}"}}}`,
    });
    expect(diagnostics.map(({ code }) => code)).toEqual(['input/too-large']);
  });
});
