import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, projectRoot } from '../support/cli.ts';

/** Pages whose console blocks are what the tool really prints. */
function pages(folder = projectRoot): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return ['docs', 'examples', 'mangaassist', 'before', 'after', 'history', 'findings'].includes(
        entry.name,
      )
        ? pages(path)
        : [];
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

const block = /^```console\n\$ (busproof [^\n]*)\n([\s\S]*?)^```$/gm;

/** A block that ends with a line `…` shows the beginning of the output only. */
function shownPart(output: string, shown: string): string {
  const lines = shown.split('\n');
  return lines.at(-2) === '…'
    ? `${output
        .split('\n')
        .slice(0, lines.length - 2)
        .join('\n')}\n…\n`
    : output;
}

async function withRealOutput(text: string): Promise<string> {
  let result = text;
  for (const [whole, line = '', shown = ''] of text.matchAll(block)) {
    const { out, err } = await cli(line.split(' ').slice(1));
    result = result.replace(whole, () => `\`\`\`console\n$ ${line}\n${shownPart(out + err, shown)}\`\`\``);
  }
  return result;
}

describe('what the docs show', () => {
  it.each(pages().map((path) => relative(projectRoot, path)))('is what the tool prints: %s', async (name) => {
    const path = join(projectRoot, name);
    const text = readFileSync(path, 'utf8');
    const real = await withRealOutput(text);
    if (process.env['UPDATE_DOCS']) writeFileSync(path, real);
    else expect(text).toBe(real);
  });
});

describe('what users read', () => {
  it('speaks of the project alone', () => {
    const wrong = pages().filter((path) =>
      /\.\.\/shared|\/work\/|registry\.npmjs/.test(readFileSync(path, 'utf8')),
    );
    expect(wrong).toEqual([]);
  });
});
