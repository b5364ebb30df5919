import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, projectRoot } from '../support/cli.ts';

/** The incidents of MangaAssist's runbook that show in templates and schemas, and what makes each a red build. */
const incidents: readonly (readonly [folder: string, code: string, says: RegExp])[] = [
  ['incidents/1-answer-too-late', 'api/answer-too-late', /may take 60 s; .* waits 29 s and answers 504/],
  ['incidents/2-webhook-burst', 'amplification/call-over-budget', /5,000 events; its budget is 100/],
  ['mangaassist', 'loop/endless', /AnalyticsProcessed → MangaAssist-AllEvents-Analytics/],
  [
    'incidents/5-payload-too-large',
    'event/too-large',
    /SearchCompleted can have .* the bus takes 1,048,576 bytes/,
  ],
];

interface Finding {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
}

async function checked(folder: string): Promise<{ exit: number; findings: readonly Finding[] }> {
  const { code, out } = await cli(['check', join('examples', folder), '--format', 'json']);
  return { exit: code, findings: (JSON.parse(out) as { findings: Finding[] }).findings };
}

describe('the incidents of the runbook', () => {
  it.each(incidents)('%s would have been a red build: %s', async (folder, code, says) => {
    const before = await checked(`${folder}/before`);
    expect(before.exit).toBe(1);
    const errors = before.findings.filter(({ severity }) => severity === 'error');
    expect([...new Set(errors.map((each) => each.code))]).toEqual([code]);
    expect(errors[0]!.message).toMatch(says);
  });

  it.each(incidents)('%s is a clean one after the fix', async (folder) => {
    const after = await checked(`${folder}/after`);
    expect(after.exit).toBe(0);
    expect(after.findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it('are told in the README as they are found', () => {
    const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8');
    for (const [, code] of incidents) expect(readme).toContain(`\`${code}\``);
  });

  it('have an example each, but for the one that no template shows', () => {
    const folders = readdirSync(join(projectRoot, 'examples/incidents'), { withFileTypes: true });
    const numbers = folders.filter((each) => each.isDirectory()).map(({ name }) => Number(name[0]));
    expect([...numbers, 3].sort()).toEqual([1, 2, 3, 5]);
  });
});
