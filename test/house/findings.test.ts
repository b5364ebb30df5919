import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findings } from '../../src/diagnostic/findings.ts';

const pages = fileURLToPath(new URL('../../docs/findings/', import.meta.url));

describe('every finding', () => {
  it.each(Object.keys(findings))('%s has a page that begins with its code', (code) => {
    const path = join(pages, `${code}.md`);
    expect(existsSync(path), `${path} is missing`).toBe(true);
    expect(readFileSync(path, 'utf8').startsWith(`# ${code}\n`)).toBe(true);
  });

  it('is one that exists, for every page', () => {
    const stray = (readdirSync(pages, { recursive: true, withFileTypes: true }) as import('node:fs').Dirent[])
      .filter((entry) => entry.isFile() && entry.name.endsWith('.md') && entry.name !== 'README.md')
      .map((entry) =>
        relative(pages, join(entry.parentPath, entry.name)).replaceAll('\\', '/').replace(/\.md$/, ''),
      )
      .filter((code) => !Object.hasOwn(findings, code));
    expect(stray).toEqual([]);
  });
});

/** The table of docs/findings/README.md: every finding with its default severity, by area. */
function table(): string {
  const areas = new Map<string, string[]>();
  for (const [code, { severity, title }] of Object.entries(findings)) {
    const area = code.split('/')[0]!;
    const name = severity === 'info' ? 'note' : severity;
    areas.set(area, [...(areas.get(area) ?? []), `| [${code}](${code}.md) | ${name} | ${title} |`]);
  }
  const head = '| finding | default | what it says |\n| --- | --- | --- |';
  return [...areas].map(([area, rows]) => `## ${area}\n\n${head}\n${rows.join('\n')}\n`).join('\n');
}

describe('the list of findings', () => {
  it('has all of them, as the tool has them', () => {
    const path = join(pages, 'README.md');
    const text = readFileSync(path, 'utf8');
    const [preface = ''] = text.split(/^## /m);
    const real = preface + table();
    if (process.env['UPDATE_DOCS']) writeFileSync(path, real);
    else expect(text, 'UPDATE_DOCS=1 npx vitest run test/house/findings writes it anew').toBe(real);
  });
});
