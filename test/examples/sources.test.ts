import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, projectRoot } from '../support/cli.ts';

const example = (path: string): string => join(projectRoot, 'examples/mangaassist', path);

/** What SAM's template calls a function, by what the other sources call it. */
const functions: Readonly<Record<string, string>> = {
  moderation: 'ModerationFunction',
  suggestion: 'SuggestionFunction',
  analytics: 'AnalyticsFunction',
  chat: 'ChatFunction',
  ai_analytics_terminal: 'AiAnalyticsTerminalFunction',
  rule_disabler: 'RuleDisablerFunction',
};

function renamed(text: string): string {
  return text.replace(
    /module\.(\w+)\.aws_lambda_function\.this/g,
    (whole, name: string) => functions[name] ?? whole,
  );
}

/** The report without what differs between sources of one system: places, fingerprints, and the order of loops. */
async function systemOf(path: string): Promise<Record<string, unknown>> {
  const { out, err } = await cli(['check', example(path), '--format', 'json']);
  expect(err).toBe('');
  const report = JSON.parse(renamed(out)) as {
    loops: { id: string; eventTypes: string[] }[];
    findings: { code: string; severity: string }[];
    accepted: { code: string; reason: string }[];
    [key: string]: unknown;
  };
  const bare = JSON.parse(
    JSON.stringify(report, (key, value: unknown) =>
      ['place', 'evidence'].includes(key) ? undefined : value,
    ),
  ) as typeof report;
  return {
    ...bare,
    loops: bare.loops
      .map(({ id: _, ...loop }) => loop)
      .sort((a, b) => a.eventTypes.join().localeCompare(b.eventTypes.join())),
    findings: bare.findings.map(({ code, severity }) => `${severity} ${code}`).sort(),
    accepted: bare.accepted.map(({ code, reason }) => `${code} ${reason}`),
  };
}

describe.each(['before', 'after'])('MangaAssist %s', (when) => {
  it.each(['terraform'])('written for %s, is the system that it is in SAM', async (source) => {
    const [sam, other] = [await systemOf(when), await systemOf(`${source}/${when}`)];
    expect(other).toEqual(sam);
  });
});
