import { join } from 'node:path';
import { expect } from 'vitest';
import { cli, projectRoot } from './cli.ts';

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
  return text
    .replace(/module\.(\w+)\.aws_lambda_function\.this/g, (whole, name: string) => functions[name] ?? whole)
    .replace(/\b([A-Z]\w*)LambdaFunction\b/g, '$1Function')
    .replace(/\b([A-Z]\w*Function)[0-9A-F]{8}\b/g, '$1');
}

/** The report without what differs between sources of one system: places, fingerprints, and the order of loops. */
export async function systemOf(
  path: string,
  ...templates: readonly string[]
): Promise<Record<string, unknown>> {
  const named = templates.length > 0 ? templates : ['.'];
  const { out, err } = await cli(['check', ...named, '--format', 'json'], example(path));
  expect(err).toBe('');
  const report = JSON.parse(renamed(out)) as {
    loops: { id: string; eventTypes: string[] }[];
    findings: { code: string; severity: string }[];
    accepted: { code: string; reason: string }[];
    summary: { components?: number; findings?: unknown };
    [key: string]: unknown;
  };
  // The Serverless Framework declares log groups and a bucket of its own; a finding says how a service was read.
  delete report.summary.components;
  delete report.summary.findings;
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
    findings: bare.findings
      .filter(({ code }) => code !== 'template/best-effort')
      .map(({ code, severity }) => `${severity} ${code}`)
      .sort(),
    accepted: bare.accepted.map(({ code, reason }) => `${code} ${reason}`),
  };
}
