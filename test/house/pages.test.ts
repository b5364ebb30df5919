import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { documentOf } from '../../src/json/document.ts';
import { parsePattern } from '../../src/pattern/parse.ts';

const pages = fileURLToPath(new URL('../../docs/findings/pattern/', import.meta.url));

/** Pages whose pattern is too large to show, or whose finding is not about the pattern alone. */
const withoutPattern = [
  'too-long',
  'too-many-combinations',
  'unsupported-operator',
  'event-not-an-object',
  'too-costly',
];

const shown = readdirSync(pages)
  .map((file) => file.replace(/\.md$/, ''))
  .filter((name) => !withoutPattern.includes(name))
  .map((name) => {
    const [before = '', after = ''] = readFileSync(`${pages}${name}.md`, 'utf8').split('## Mended');
    return { code: `pattern/${name}`, failing: patternsIn(before), mended: patternsIn(after) };
  });

function patternsIn(text: string): string[] {
  return Array.from(text.matchAll(/```json\n(.*?)```/gs), (match) => match[1]!);
}

function codesOf(pattern: string): string[] {
  return parsePattern(documentOf('pattern', pattern), { dialect: 'rule' }).diagnostics.map(
    ({ code }) => code,
  );
}

describe('what the pages show is so', () => {
  it.each(shown)('$code', ({ code, failing, mended }) => {
    expect(failing.length).toBeGreaterThan(0);
    expect(mended.length).toBeGreaterThan(0);
    for (const pattern of failing) expect(codesOf(pattern), pattern).toContain(code);
    for (const pattern of mended) expect(codesOf(pattern), pattern).toEqual([]);
  });
});
