import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { cli, folderWith } from '../support/cli.ts';

const root = fileURLToPath(new URL('../../docs/findings/', import.meta.url));

interface Shown {
  readonly code: string;
  readonly failing: Readonly<Record<string, string>>;
  readonly mended: Readonly<Record<string, string>>;
}

/** The blocks of one section: templates, and schemas under the event type they describe. */
function filesIn(page: string, heading: string): Record<string, string> {
  const section = page.split(new RegExp(`^## ${heading}$`, 'm'))[1]?.split(/^## /m)[0] ?? '';
  const files: Record<string, string> = {};
  for (const [, language, text = ''] of section.matchAll(/^```(yaml|json)\n(.*?)^```$/gms)) {
    const type = /"x-amazon-events-detail-type": "([^"]+)"/.exec(text)?.[1];
    const name = /^# (busproof\.config\.yaml)$/m.exec(text)?.[1];
    if (name) files[name] = text;
    else if (type) files[`schemas/${type}.json`] = text;
    else if (language === 'yaml') files['template.yaml'] ??= templateOf(text);
  }
  return files;
}

/** A template, or some of its resources without the frame. */
function templateOf(text: string): string {
  if (/^Resources:/m.test(text) || !/^ +Type: AWS::/m.test(text)) return text;
  return `Resources:\n${text.replace(/^(?=.)/gm, '  ')}`;
}

/** What the mended section does not show is as it was. */
function shownOn(path: string): Shown {
  const page = readFileSync(path, 'utf8');
  const failing = filesIn(page, 'Failing');
  const code = relative(root, path).replaceAll('\\', '/').replace(/\.md$/, '');
  const mended = filesIn(page, 'Mended');
  const changes = Object.keys(mended).length > 0;
  return { code, failing, mended: changes ? { ...failing, ...mended } : {} };
}

const pages = (readdirSync(root, { recursive: true, withFileTypes: true }) as import('node:fs').Dirent[])
  .filter((entry) => entry.isFile() && entry.name.endsWith('.md') && entry.name !== 'README.md')
  .map((entry) => shownOn(join(entry.parentPath, entry.name)));

/** Pages without a pair that can be run, and why. */
const withoutPair: Readonly<Record<string, string>> = {
  'quota/rules-per-bus': 'takes more than 300 rules',
  'template/best-effort': 'is about a serverless.yml',
  'template/nested-not-loaded': 'takes a second template',
  'template/module-not-loaded': 'is about Terraform',
  'template/partial-plan': 'is about Terraform',
  'template/target-of-unknown-rule': 'is about Terraform',
  'template/unknown-format': 'is about Terraform',
  'template/without-plan': 'is about Terraform',
};

/** Other tests hold the pages on patterns alone. */
const withTemplates = pages.filter(
  ({ code, failing, mended }) =>
    !Object.hasOwn(withoutPair, code) &&
    [failing, mended].every((files) => /Type: AWS::/.test(files['template.yaml'] ?? '')),
);

/** The codes of a check; also where nothing could be checked, for a page may show a file that cannot be read. */
async function codesOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  const { code, out, err } = await cli(['check', '--format', 'json'], folderWith(files));
  if (code === 2) return Array.from(err.matchAll(/^(?:error|warning|info) (\S+) /gm), (match) => match[1]!);
  return (JSON.parse(out) as { findings: { code: string }[] }).findings.map(({ code: each }) => each);
}

describe('a page with a failing and a mended template', () => {
  it.each(withTemplates)('shows what fails and what does not: $code', async ({ code, failing, mended }) => {
    expect(await codesOf(failing)).toContain(code);
    expect(await codesOf(mended)).not.toContain(code);
  });

  it('is there for every check of rules, targets, events and quotas', () => {
    const areas = ['rule', 'target', 'event', 'quota', 'topology', 'api', 'template'];
    const without = pages
      .map(({ code }) => code)
      .filter((code) => areas.includes(code.split('/')[0]!))
      .filter((code) => !withTemplates.some((each) => each.code === code));
    expect(without.sort()).toEqual(Object.keys(withoutPair).sort());
  });
});
