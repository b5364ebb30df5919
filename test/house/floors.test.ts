import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/** Lower floors first; a folder may import from its own floor's own folder and from every floor below it. */
const floors: readonly (readonly string[])[] = [
  ['json', 'diagnostic'],
  ['sets'],
  ['pattern', 'schema'],
  ['model', 'config'],
  ['load', 'publish'],
  ['graph', 'contract', 'codegen'],
  ['checks', 'report', 'registry', 'testing', 'simulate', 'incident', 'mend'],
  ['io'],
  ['cli'],
];

/** What generated code imports at run time: it stands apart and knows nothing of the rest. */
const apart = 'runtime';

const source = fileURLToPath(new URL('../../src/', import.meta.url));

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g);
  return Array.from(found, (match) => resolve(dirname(file), match[1]!));
}

function folderOf(path: string): string {
  return relative(source, path).split(/[\\/]/)[0]!;
}

function floorOf(folder: string): number {
  return floors.findIndex((names) => names.includes(folder));
}

const all = files(source);

describe('the floors of the house', () => {
  it('know every folder', () => {
    const unknown = all.map(folderOf).filter((folder) => floorOf(folder) < 0 && folder !== apart);
    expect([...new Set(unknown)]).toEqual([]);
  });

  it('are imported downwards only', () => {
    const wrong = all.flatMap((file) =>
      importsOf(file)
        .filter((target) => {
          const [from, to] = [folderOf(file), folderOf(target)];
          if (from === to) return false;
          if (from === apart || to === apart) return !(to === apart && floorOf(from) >= floorOf('codegen'));
          return floorOf(to) > floorOf(from);
        })
        .map((target) => `${relative(source, file)} imports ${relative(source, target)}`),
    );
    expect(wrong).toEqual([]);
  });

  it('hold no circle of imports', () => {
    const graph = new Map(all.map((file) => [file, importsOf(file)]));
    const state = new Map<string, 'open' | 'done'>();
    const circles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        circles.push(
          [...path.slice(path.indexOf(file)), file].map((each) => relative(source, each)).join(' → '),
        );
        return;
      }
      state.set(file, 'open');
      for (const target of graph.get(file) ?? []) visit(target, [...path, file]);
      state.set(file, 'done');
    };
    for (const file of all) visit(file, []);
    expect(circles).toEqual([]);
  });

  it('have rooms of at most 300 lines', () => {
    const large = all
      .map((file) => [relative(source, file), readFileSync(file, 'utf8').split('\n').length - 1] as const)
      .filter(([, lines]) => lines > 300);
    expect(large).toEqual([]);
  });
});
