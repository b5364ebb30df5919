import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { JsonValue } from '../../src/json/value.ts';
import { compileSchema } from '../../src/schema/compiled.ts';
import type { Dialect } from '../../src/schema/dialect.ts';
import { evaluate } from '../../src/sets/evaluate.ts';
import { describeShared, sharedPath } from '../support/shared.ts';
import { exceptions } from './official-suite.exceptions.ts';

interface Group {
  readonly description: string;
  readonly schema: JsonValue;
  readonly tests: readonly {
    readonly description: string;
    readonly data: JsonValue;
    readonly valid: boolean;
  }[];
}

/** The whole suite where it is at hand (a folder with `tests/` and `remotes/`), a part of it otherwise. */
const whole = process.env['JSON_SCHEMA_TEST_SUITE'];
const root = whole ? `${whole}/` : sharedPath('corpus/schemas/json-schema-org+JSON-Schema-Test-Suite/');
const drafts: readonly (readonly [string, Dialect])[] = [
  ['draft4', 'draft-04'],
  ['draft6', 'draft-06'],
  ['draft7', 'draft-07'],
  ['draft2019-09', '2019-09'],
  ['draft2020-12', '2020-12'],
];

/** The schemas that the suite expects at http://localhost:1234. */
function remotes(): { uri: string; schema: JsonValue }[] {
  const files: { uri: string; schema: JsonValue }[] = [];
  const walk = (folder: string) => {
    for (const name of readdirSync(`${root}remotes/${folder}`)) {
      const path = `${folder}${name}`;
      if (statSync(`${root}remotes/${path}`).isDirectory()) walk(`${path}/`);
      else files.push({ uri: `http://localhost:1234/${path}`, schema: read(`remotes/${path}`) });
    }
  };
  if (existsSync(`${root}remotes`)) walk('');
  return files;
}

function read<T = JsonValue>(path: string): T {
  return JSON.parse(readFileSync(root + path, 'utf8')) as T;
}

describeShared('the official JSON Schema test suite', () => {
  const all = remotes();
  it.each(drafts)('%s', (folder, dialect) => {
    const wrong: string[] = [];
    const undecided = new Map<string, number>();
    let decided = 0;
    // Only those of the same draft: some of the others cannot be read under it.
    const files = all.filter(({ uri }) => !/\/(draft|v1)/.test(uri) || uri.includes(`/${folder}/`));
    for (const file of readdirSync(`${root}tests/${folder}`).filter((name) => name.endsWith('.json'))) {
      for (const group of read<readonly Group[]>(`tests/${folder}/${file}`)) {
        const compiled = compileSchema(group.schema, { dialect, files });
        for (const test of group.tests) {
          const id = `${folder}/${file}: ${group.description}: ${test.description}`;
          const is = compiled.value ? evaluate(compiled.value.formula, test.data) : undefined;
          if (is === undefined) undecided.set(file, (undecided.get(file) ?? 0) + 1);
          else if (is !== test.valid) wrong.push(id);
          else decided++;
        }
      }
    }
    if (whole) console.log(folder, { decided, undecided: Object.fromEntries(undecided), wrong });
    expect(wrong.filter((id) => !exceptions.wrong.some((known) => id.includes(known)))).toEqual([]);
    for (const file of undecided.keys()) expect(Object.keys(exceptions.undecided)).toContain(file);
    expect(decided).toBeGreaterThan(whole ? 600 : 90);
  });
});
