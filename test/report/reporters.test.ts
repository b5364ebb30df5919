import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { findings } from '../../src/diagnostic/findings.ts';
import { uriOf } from '../../src/report/uri.ts';
import { cli, folderWith } from '../support/cli.ts';
import { hostileNames, hostileTemplate } from './hostile.ts';
import { sarifSubset } from './sarif-subset.ts';
import { xmlProblem } from './well-formed.ts';

const plain = `
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

const formats = ['json', 'sarif', 'junit', 'github', 'gitlab', 'markdown'] as const;

type Reports = Readonly<Record<(typeof formats)[number], string>>;

async function reportsOf(files: Record<string, string>, ...line: string[]): Promise<Reports> {
  const folder = folderWith({ '.git/HEAD': '', ...files });
  const wanted = formats.flatMap((format) => ['--format', `${format}=out/${format}`]);
  const { err } = await cli(['check', ...line, ...wanted], folder);
  expect(err).toBe('');
  const read = (format: string) => [format, readFileSync(join(folder, 'out', format), 'utf8')] as const;
  return Object.fromEntries(formats.map(read)) as Reports;
}

/** Made in the first test that asks, kept for the others. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region: { readonly startLine: number; readonly startColumn: number };
    };
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly codeFlows?: readonly {
    readonly threadFlows: readonly {
      readonly locations: readonly { location: { message: { text: string } } }[];
    }[];
  }[];
}

interface Run {
  readonly tool: {
    readonly driver: { readonly rules: readonly { id: string; help: { markdown: string } }[] };
  };
  readonly results: readonly Result[];
}

function runOf(sarif: string): Run {
  const log = JSON.parse(sarif) as { version: string; runs: Run[] };
  expect(log.version).toBe('2.1.0');
  expect(log.runs).toHaveLength(1);
  return log.runs[0]!;
}

describe('the reports of a loop', () => {
  const made = once(() => reportsOf({ 'template.yaml': plain }));

  it('sarif: a rule with its page, a result with its place, its key and the way round', async () => {
    const reports = await made();
    const { tool, results } = runOf(reports.sarif);
    const loop = results.find(({ ruleId }) => ruleId === 'loop/endless')!;
    expect(loop.level).toBe('error');
    expect(tool.driver.rules[loop.ruleIndex]?.id).toBe('loop/endless');
    expect(tool.driver.rules[loop.ruleIndex]?.help.markdown).toMatch(/^# loop\/endless\n/);
    expect(loop.locations[0]?.physicalLocation).toMatchObject({
      artifactLocation: { uri: 'template.yaml' },
      region: { startLine: 10, startColumn: 23 },
    });
    const inJson = JSON.parse(reports.json) as { findings: { code: string; fingerprint: string }[] };
    expect(loop.partialFingerprints).toEqual({
      'busproofFinding/v1': inJson.findings.find(({ code }) => code === 'loop/endless')?.fingerprint,
    });
    const steps = loop.codeFlows?.[0]?.threadFlows[0]?.locations.map(({ location }) => location.message.text);
    expect(steps).toEqual([
      'again takes Done',
      'and gives it to Handler',
      'Handler publishes Done (declared in the Metadata of Handler)',
    ]);
  });

  it('junit: a failed test with a stable name, and a passed one for each finding that was not made', async () => {
    const reports = await made();
    expect(xmlProblem(reports.junit)).toBeUndefined();
    expect(reports.junit).toMatch(
      /<testcase name="Done → again → Handler → Done \([0-9a-f]{12}\)" classname="loop\/endless"/,
    );
    expect(reports.junit.match(/<failure /g)).toHaveLength(1);
    for (const code of Object.keys(findings)) expect(reports.junit).toContain(`classname="${code}"`);
  });

  it('junit: only the attributes that the schema of Jenkins has', async () => {
    const { junit } = await made();
    const allowed: Readonly<Record<string, readonly string[]>> = {
      testsuites: ['name', 'tests', 'failures', 'errors'],
      testsuite: ['name', 'tests', 'failures', 'errors', 'skipped'],
      testcase: ['name', 'classname'],
      failure: ['message', 'type'],
      skipped: ['message'],
    };
    for (const [, element = '', rest = ''] of junit.matchAll(/<([a-z]+)((?: [a-z]+="[^"]*")+)/g)) {
      const names = Array.from(rest.matchAll(/ ([a-z]+)="/g), ([, name]) => name);
      if (allowed[element]) expect(names.filter((name) => !allowed[element]!.includes(name!))).toEqual([]);
    }
  });

  it('github: an annotation at the condition that lets it close', async () => {
    const reports = await made();
    const lines = reports.github.trimEnd().split('\n');
    expect(lines[0]).toMatch(
      /^::error file=template\.yaml,line=10,col=23,endColumn=37,title=loop\/endless::Done → again/,
    );
    expect(lines[0]).toContain('%0Afix: ');
  });

  it('gitlab: an issue with path, line and severity', async () => {
    const reports = await made();
    expect(JSON.parse(reports.gitlab)).toContainEqual(
      expect.objectContaining({
        check_name: 'loop/endless',
        severity: 'critical',
        fingerprint: expect.stringMatching(/^[0-9a-f]{12}$/),
        location: { path: 'template.yaml', lines: { begin: 10 } },
      }),
    );
  });

  it('markdown: short, folded, with a diagram', async () => {
    const reports = await made();
    expect(reports.markdown).toMatch(/^<!-- busproof -->\n\n### 🔴 Busproof: 1 error\n/);
    expect(reports.markdown).toContain('```mermaid\nflowchart LR');
    expect(reports.markdown.match(/<details>/g)).toHaveLength(2);
    expect(reports.markdown.match(/<\/details>/g)).toHaveLength(2);
  });
});

describe('the reports of a clean system', () => {
  it('say so', async () => {
    const reports = await reportsOf({ 'template.yaml': plain.replace('[shop]', '[other]') });
    expect(runOf(reports.sarif).results.filter(({ level }) => level !== 'note')).toEqual([]);
    expect(reports.junit).toContain('failures="0"');
    expect(reports.junit).not.toContain('<failure');
    expect(reports.github).toBe('');
    expect(reports.markdown).toContain('🟢 Busproof: clean');
  });
});

describe('accepted findings', () => {
  it('are no results and no failures, but skipped tests', async () => {
    const first = await reportsOf({ 'template.yaml': plain });
    const fingerprint = runOf(first.sarif).results.find(({ ruleId }) => ruleId === 'loop/endless')!
      .partialFingerprints['busproofFinding/v1'];
    const config = JSON.stringify({ accept: [{ fingerprint, reason: 'a <demo>' }] });
    const reports = await reportsOf({ 'template.yaml': plain, 'busproof.config.json': config });
    expect(runOf(reports.sarif).results.map(({ ruleId }) => ruleId)).not.toContain('loop/endless');
    expect(reports.junit).toContain('<skipped message="accepted: a &lt;demo&gt;"/>');
    expect(JSON.stringify(JSON.parse(reports.gitlab))).not.toContain('loop/endless');
  });
});

describe('names that mean something elsewhere', () => {
  const made = once(() => reportsOf({ 'a#b %c/template.json': hostileTemplate }));

  it('all loop', async () => {
    const reports = await made();
    const { loops } = JSON.parse(reports.json) as { loops: { verdict: string }[] };
    expect(loops.filter(({ verdict }) => verdict === 'endless')).toHaveLength(hostileNames.length);
  });

  it('leave XML well-formed', async () => {
    const reports = await made();
    expect(xmlProblem(reports.junit)).toBeUndefined();
  });

  it('leave one workflow command a line', async () => {
    const reports = await made();
    const lines = reports.github.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThanOrEqual(hostileNames.length);
    for (const line of lines)
      expect(line).toMatch(/^::(error|warning) file=a#b %25c\/template\.json,line=\d+,[^:]*::[^\n\r]*$/);
  });

  it('leave SARIF what it is', async () => {
    const reports = await made();
    const ajv = addFormats.default(new Ajv2020({ allErrors: true }));
    const valid = ajv.compile(sarifSubset);
    expect(valid(JSON.parse(reports.sarif)), ajv.errorsText(valid.errors)).toBe(true);
  });

  it('leave URIs valid', async () => {
    const reports = await made();
    for (const { locations } of runOf(reports.sarif).results) {
      expect(locations[0]?.physicalLocation.artifactLocation.uri).toBe('a%23b%20%25c/template.json');
    }
  });

  it('leave Markdown without markup of theirs', async () => {
    const reports = await made();
    const outside = reports.markdown.replace(/^(`{3,})\w*\n[\s\S]*?\n\1$/gm, '');
    expect(outside).not.toMatch(/<script|^## |(^|\W)@\w|<!--(?! (busproof )?-->)/m);
    // What stands in a summary is HTML, in which Markdown means nothing.
    expect(outside.replace(/^<details><summary>.*$/gm, '')).not.toMatch(/(^|[^\\])\]\(/m);
    expect(outside.match(/<details>/g)?.length).toBe(outside.match(/<\/details>/g)?.length);
  });

  it('leave Mermaid labels closed', async () => {
    const reports = await made();
    const diagrams = Array.from(
      reports.markdown.matchAll(/^```mermaid\n([\s\S]*?)\n```$/gm),
      ([, text]) => text!,
    );
    expect(diagrams).toHaveLength(5);
    for (const diagram of diagrams) expect(mermaidProblem(diagram)).toBeUndefined();
  });
});

/** A line that is none of those the printer means to write. */
function mermaidProblem(diagram: string): string | undefined {
  const label = '"[^"`<>]*(?:<br/>[^"`<>]*)?"';
  const known = new RegExp(
    [
      'flowchart LR',
      `\\s+subgraph bus\\d+\\[${label}\\]`,
      '\\s+end',
      `\\s+n\\d+(?:\\(\\[${label}\\]\\)|\\[${label}\\]|\\[\\[${label}\\]\\])`,
      `\\s+n\\d+ (?:-->|-\\.->|-\\.-x)(?:\\|${label}\\|)? n\\d+`,
      '\\s+(?:classDef|class|linkStyle) [\\w,#:. -]+',
    ]
      .map((each) => `^${each}$`)
      .join('|'),
  );
  return diagram.split('\n').find((line) => !known.test(line));
}

describe('a report below the top of the repository', () => {
  it('counts its paths from the top', async () => {
    const folder = folderWith({ '.git/HEAD': '', 'services/shop/template.yaml': plain });
    const inside = join(folder, 'services/shop');
    mkdirSync(inside, { recursive: true });
    const { out } = await cli(['check', '--format', 'github'], inside);
    expect(out).toMatch(/^::error file=services\/shop\/template\.yaml,/);
  });
});

describe('a path as a URI', () => {
  const cases: [path: string, uri: string][] = [
    ['a/b.yaml', 'a/b.yaml'],
    ['shop.orders@Placed.json', 'shop.orders@Placed.json'],
    ['a:b/c:d.yaml', 'a%3Ab/c:d.yaml'],
    ['a b?#%[1].yaml', 'a%20b%3F%23%25%5B1%5D.yaml'],
    ['/tmp/a b.yaml', 'file:///tmp/a%20b.yaml'],
    ['C:/x/y.yaml', 'file:///C:/x/y.yaml'],
    ['ä/\ud800.json', '%C3%A4/%EF%BF%BD.json'],
  ];
  it.each(cases)('%j', (path, uri) => expect(uriOf(path)).toBe(uri));
});
