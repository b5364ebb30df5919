import { existsSync, readdirSync, readFileSync } from 'node:fs';
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
