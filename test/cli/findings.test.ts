import { describe, expect, it } from 'vitest';
import { cli, folderWith } from '../support/cli.ts';

/** One rule and one function that publishes; what varies is written in. */
const system = ({
  pattern = '{ source: [shop.a] }',
  state = 'ENABLED',
  publishes = '[shop.a@X]',
  rejects = '',
}) => `
Resources:
  Handler:
    Type: AWS::Lambda::Function
    Metadata: { Busproof: { publishes: ${publishes}${rejects} } }
  Again:
    Type: AWS::Events::Rule
    Properties:
      Name: again
      State: ${state}
      EventPattern: ${pattern}
      Targets: [{ Id: one, Arn: !GetAtt Handler.Arn }]
`;

const schema = JSON.stringify({
  'x-amazon-events-source': 'shop.a',
  'x-amazon-events-detail-type': 'X',
  type: 'object',
  properties: {
    status: { enum: ['new', 'done'] },
    processing_stage: { enum: ['raw', 'processed'] },
    _chain_depth: { type: 'integer' },
  },
  required: ['status', 'processing_stage', '_chain_depth'],
});

async function told(
  parts: Parameters<typeof system>[0],
  ...more: string[]
): Promise<{ exit: number; findings: { code: string; message: string; notes: string[] }[] }> {
  const files = { 'template.yaml': system(parts), 'schemas/x.json': schema };
  const { code, out } = await cli(['check', '--format', 'json', ...more], folderWith(files));
  return {
    exit: code,
    findings: (JSON.parse(out) as { findings: { code: string; message: string; notes: string[] }[] })
      .findings,
  };
}

describe('what a check tells of a loop', () => {
  const processed = '[{ event: shop.a@X, stage: processed, depth: increment }]';
  const cases: [name: string, parts: Parameters<typeof system>[0], code: string, note: RegExp][] = [
    ['endless', {}, 'loop/endless', /nothing bounds it/],
    ['bounded', { publishes: processed, rejects: ', rejectsAtDepth: 3' }, 'loop/bounded', /stopped by/],
    [
      'one filter from endless',
      { pattern: '{ source: [shop.a], detail: { processing_stage: [raw] } }', publishes: processed },
      'loop/one-edit-away',
      /dropping the stage filter/,
    ],
    [
      'one list of sources from endless',
      { pattern: '{ source: [shop.b] }' },
      'loop/one-edit-away',
      /widening the sources/,
    ],
    ['one disabled rule from endless', { state: 'DISABLED' }, 'loop/one-edit-away', /enabling /],
    [
      'one value from endless',
      {
        pattern: '{ source: [shop.a], detail: { status: [new] } }',
        publishes: '[{ event: shop.a@X, fields: { status: { set: done } } }]',
      },
      'loop/one-edit-away',
      /widening the filter of /,
    ],
    [
      'not decided',
      { pattern: '{ source: [shop.a], detail: { processing_stage: [raw] } }' },
      'loop/possible',
      /what is published in detail.processing_stage is not known/,
    ],
  ];
  it.each(cases)('%s', async (_name, parts, code, note) => {
    const { exit, findings } = await told(parts);
    const found = findings.filter((finding) => finding.code.startsWith('loop/'));
    expect(found.map((finding) => finding.code)).toEqual([code]);
    expect(found[0]!.notes.join('\n')).toMatch(note);
    expect(exit).toBe(code === 'loop/endless' ? 1 : 0);
  });

  it('that an enricher which leaves out what the rule asks for does not loop', async () => {
    const pattern = '{ source: [shop.a], detail: { status: [{ exists: true }] } }';
    const { findings } = await told({
      pattern,
      publishes: '[{ event: shop.a@X, fields: { status: absent } }]',
    });
    expect(findings.map(({ code }) => code)).not.toContain('loop/endless');
  });

  it('that there are more endless loops than can be told each', async () => {
    const names = Array.from({ length: 6 }, (_, i) => `Fn${i}`);
    const functions = names.map(
      (name) => `
  ${name}: { Type: AWS::Lambda::Function, Metadata: { Busproof: { publishes: [shop.a@${name}] } } }`,
    );
    const rules = names.map(
      (name) => `
  Rule${name}:
    Type: AWS::Events::Rule
    Properties: { Name: to-${name}, EventPattern: { source: [shop.a] }, Targets: [{ Id: a, Arn: !GetAtt ${name}.Arn }] }`,
    );
    const folder = folderWith({ 'template.yaml': `Resources:${functions.join('')}${rules.join('')}\n` });
    const { code, out } = await cli(['check', '--format', 'json'], folder);
    expect(code).toBe(1);
    const { findings } = JSON.parse(out) as { findings: { code: string; severity: string }[] };
    expect(findings.filter((each) => each.code === 'loop/endless')).toHaveLength(20);
    expect(findings.filter((each) => each.code === 'loop/interleaved')).toMatchObject([
      { severity: 'error' },
    ]);
  });

  it('that what one event leads to is over its budget', async () => {
    const files = {
      'template.yaml': system({ publishes: '[{ event: shop.b@Y, count: 20 }], callCost: 0.01' }),
      'schemas/x.json': schema,
      'busproof.config.yaml': 'budgets: { events: 10, cost: { shop.a@X: 0.001 } }\n',
    };
    const { code, out } = await cli(['check', '--format', 'json'], folderWith(files));
    expect(code).toBe(1);
    const { findings } = JSON.parse(out) as { findings: { code: string; message: string }[] };
    const messages = findings
      .filter((finding) => finding.code.startsWith('amplification/'))
      .map(({ message }) => message);
    expect(messages).toEqual([
      'one shop.a@X leads to 21 events; its budget is 10',
      'one shop.a@X costs $0.0100; its budget is $0.001',
    ]);
  });
});
