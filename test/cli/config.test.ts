import { describe, expect, it } from 'vitest';
import { cli, folderWith } from '../support/cli.ts';

const template = `
Resources:
  Handler:
    Type: AWS::Lambda::Function
    Metadata: { Busproof: { publishes: [shop@Done] } }
  Again:
    Type: AWS::Events::Rule
    Properties:
      Name: again
      EventPattern: { source: [shop] }
      Targets: [{ Id: one, Arn: !GetAtt Handler.Arn }]
`;

interface Report {
  readonly findings: { code: string; fingerprint: string; severity: string }[];
  readonly accepted: { fingerprint: string; reason: string }[];
  readonly loops: { verdict: string; intended?: { bound: number } }[];
}

async function check(
  files: Record<string, string>,
  ...line: string[]
): Promise<{ exit: number; report: Report }> {
  const { code, out } = await cli(
    ['check', '--format', 'json', ...line],
    folderWith({ 'template.yaml': template, ...files }),
  );
  return { exit: code, report: JSON.parse(out) as Report };
}

async function fingerprintOfTheLoop(): Promise<string> {
  const { report } = await check({});
  return report.findings.find(({ code }) => code === 'loop/endless')!.fingerprint;
}

describe('an accepted finding', () => {
  it('does not fail the check, and is told with its reason', async () => {
    const fingerprint = await fingerprintOfTheLoop();
    const config = JSON.stringify({ accept: [{ fingerprint, reason: 'a demo' }] });
    const { exit, report } = await check({ 'busproof.config.json': config });
    expect(exit).toBe(0);
    expect(report.accepted).toMatchObject([{ fingerprint, reason: 'a demo' }]);
  });

  it('counts again when its day is over', async () => {
    const accept = [{ fingerprint: await fingerprintOfTheLoop(), reason: 'a demo', until: '2020-01-31' }];
    const { exit, report } = await check({ 'busproof.config.json': JSON.stringify({ accept }) });
    expect(exit).toBe(1);
    expect(report.findings.map(({ code }) => code)).toContain('config/expired-acceptance');
  });

  it('that no longer exists is a finding itself', async () => {
    const accept = [{ fingerprint: '000000000000', reason: 'long gone' }];
    const { report } = await check({ 'busproof.config.json': JSON.stringify({ accept }) });
    expect(report.findings.map(({ code }) => code)).toContain('config/stale-acceptance');
  });

  it('keeps its fingerprint when the file is renamed and lines move', async () => {
    const moved = folderWith({ 'deep/other-name.yml': `# a comment\n\n${template}` });
    const { out } = await cli(['check', '--format', 'json'], moved);
    const { findings } = JSON.parse(out) as Report;
    expect(findings.find(({ code }) => code === 'loop/endless')?.fingerprint).toBe(
      await fingerprintOfTheLoop(),
    );
  });
});

describe('an intended loop', () => {
  it('does not fail the check, and shows its bound', async () => {
    const loops = [{ rules: ['again'], bound: 16, reason: 'a counter in the table stops it' }];
    const { exit, report } = await check({ 'busproof.config.json': JSON.stringify({ loops }) });
    expect(exit).toBe(0);
    expect(report.loops[0]).toMatchObject({ verdict: 'endless', intended: { bound: 16 } });
  });

  it('that is not there is a finding', async () => {
    const loops = [{ rules: ['agian'], bound: 16, reason: 'a counter in the table stops it' }];
    const { exit, report } = await check({ 'busproof.config.json': JSON.stringify({ loops }) });
    expect(exit).toBe(1);
    expect(report.findings.map(({ code }) => code)).toContain('config/stale-loop');
  });
});

describe('severity', () => {
  it('is set per code, and decides what fails', async () => {
    const severity = { 'loop/endless': 'warning' };
    const config = { 'busproof.config.json': JSON.stringify({ severity }) };
    expect((await check(config)).exit).toBe(0);
    expect((await check(config, '--min-severity', 'warning')).exit).toBe(1);
  });
});

describe('the config file', () => {
  const settings = '{ severity: { "loop/endless": "off" } }';
  const forms: Record<string, string> = {
    'busproof.config.ts': `const config: object = ${settings};\nexport default config;\n`,
    'busproof.config.mts': `export default ${settings} satisfies object;\n`,
    'busproof.config.mjs': `export default ${settings};\n`,
    'busproof.config.json': '{ "severity": { "loop/endless": "off" } }',
    'busproof.config.yaml': 'severity:\n  loop/endless: off\n',
  };
  it.each(Object.entries(forms))('may be %s', async (name, text) => {
    const { exit, report } = await check({ [name]: text });
    expect(report.findings.map(({ code }) => code)).not.toContain('loop/endless');
    expect(exit).toBe(0);
  });

  it('declares what components publish', async () => {
    const silent = template.replace(/ +Metadata: .*\n/, '');
    const config =
      'components:\n  Handler:\n    publishes: [{ event: shop@Done, depth: increment }]\n    rejectsAtDepth: 2\n';
    const { report } = await check({ 'template.yaml': silent, 'busproof.config.yaml': config });
    expect(report.loops).toMatchObject([{ verdict: 'bounded' }]);
  });
});

describe('schemas that refer to each other by path', () => {
  const shared = JSON.stringify({ $defs: { Stage: { enum: ['raw'] } } });
  const done = JSON.stringify({
    'x-amazon-events-source': 'shop',
    'x-amazon-events-detail-type': 'Done',
    type: 'object',
    properties: { stage: { $ref: '../common.json#/$defs/Stage' } },
  });
  it.each(['.', 'app', 'app/deep'])('are found from %s', async (at) => {
    const up = at === '.' ? '' : '../'.repeat(at.split('/').length);
    const files = {
      'schemas/common.json': shared,
      'schemas/shop/Done.json': done,
      [`${at}/template.yaml`]: template,
      [`${at}/busproof.config.json`]: JSON.stringify({ schemas: `${up}schemas` }),
    };
    const folder = folderWith(files);
    const { out } = await cli(['check', '--format', 'json'], `${folder}/${at}`);
    const { findings, loops } = JSON.parse(out) as Report;
    expect(findings.map(({ code }) => code)).not.toContain('schema/unresolved-reference');
    expect(loops.map(({ verdict }) => verdict)).toEqual(['endless']);
  });
});
