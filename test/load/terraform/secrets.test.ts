import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { documentOf } from '../../../src/json/document.ts';
import { loadTemplates } from '../../../src/load/index.ts';
import { cli, folderWith } from '../../support/cli.ts';
import { fixture } from './support.ts';

const folder = fileURLToPath(new URL('./fixtures/', import.meta.url));
/** In the plan as a variable, an argument, a setting of a function; in the state as a setting. */
const secrets = ['hunter2-but-longer', 's3cr3t-token-of-state'];

const formats = ['text', 'json', 'sarif', 'junit', 'github', 'gitlab', 'markdown'].map((format) => [
  'check',
  '--format',
  format,
]);
const others = [['graph', '--format', 'json'], ['graph', '--format', 'dot'], ['graph'], ['publishers']];

describe('what a plan marks as sensitive', () => {
  it.each([...formats, ...others].map((line) => [line.join(' '), line] as const))(
    'is not in the output of %s',
    async (_name, [command, ...options]) => {
      for (const path of [
        join(folder, 'shop'),
        join(folder, 'shop/plan.json'),
        join(folder, 'state/state.json'),
      ]) {
        const { out, err } = await cli([command!, path, ...options]);
        for (const secret of secrets) expect(out + err).not.toContain(secret);
      }
    },
    30_000,
  );

  it('is in nothing that is loaded, findings and the texts they stand in included', () => {
    for (const [path, text] of Object.entries({ ...fixture('shop'), ...fixture('state') })) {
      if (!path.endsWith('.json')) continue;
      const { value, diagnostics } = loadTemplates([documentOf(path, text)]);
      const seen = new Set<object>();
      const shown = JSON.stringify(
        [value, diagnostics, value.resources.map(({ attributes }) => attributes)],
        (key, each) => {
          if (key !== 'document' || typeof each !== 'object') return each;
          // Every node has its document: once is enough.
          if (seen.has(each)) return undefined;
          seen.add(each);
          return each;
        },
      );
      for (const secret of secrets) expect(shown).not.toContain(secret);
    }
  });

  it('is not shown where the plan cannot be read to its end either', async () => {
    const plan = fixture('shop')['shop/plan.json']!;
    const value = plan.indexOf(secrets[0]!);
    for (const end of [value + 3, value + 18, value + 19, value + 25, plan.trimEnd().length - 1]) {
      const path = folderWith({ 'plan.json': plan.slice(0, end) });
      const { out, err, code } = await cli(['check', join(path, 'plan.json')]);
      expect(code).not.toBe(0);
      expect(out + err).toContain('not well-formed');
      expect(out + err).not.toContain('hunter2');
    }
  });

  it('is hidden in the files beside a plan, and wherever else the plan repeats it', async () => {
    const path = folderWith({
      'main.tf': `resource "aws_cloudwatch_event_rule" "r" {
  description   = "shared-secret-1"
  event_pattern = jsonencode({ source = ["a"], detial = { token = ["shared-secret-1"] } , detail = { a = [{ prefix = 5 }] } })
}
resource "aws_cloudwatch_event_target" "t" {
  rule = aws_cloudwatch_event_rule.r.name # shared-secret-1
}
`,
      'plan.json': JSON.stringify({
        format_version: '1.2',
        terraform_version: '1.11.4',
        variables: { s: { value: 'shared-secret-1' } },
        planned_values: {
          root_module: {
            resources: [
              {
                address: 'aws_cloudwatch_event_rule.r',
                mode: 'managed',
                type: 'aws_cloudwatch_event_rule',
                name: 'r',
                values: {
                  name: 'r',
                  description: 'shared-secret-1',
                  event_pattern:
                    '{"source":["a"],"detail":{"a":[{"prefix":5}]},"detial":{"token":["shared-secret-1"]}}',
                },
                sensitive_values: { description: true },
              },
              {
                address: 'aws_cloudwatch_event_target.t',
                mode: 'managed',
                type: 'aws_cloudwatch_event_target',
                name: 't',
                values: { rule: 'r' },
              },
            ],
          },
        },
        configuration: { root_module: { resources: [], variables: { s: { sensitive: true } } } },
      }),
    });
    for (const format of ['text', 'json', 'sarif', 'markdown']) {
      const { out } = await cli(['check', path, '--format', format]);
      expect(out).toContain('pattern/');
      expect(out).not.toContain('shared-secret');
    }
  });

  it('is not shown of a plan in a folder that is too large to be read, which is told of', async () => {
    const value = 's3cret'.repeat(3_500_000);
    const text = `{"format_version":"1.2","terraform_version":"1.11.4","variables":{"a":{"value":"${value}"}}}`;
    const { out, err } = await cli(['check', folderWith({ 'plan.json': text })]);
    expect(out + err).toContain('input/too-large');
    expect(out + err).not.toContain('s3cret');
  });
});
