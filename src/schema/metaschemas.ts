import { createRequire } from 'node:module';
import type { JsonValue } from '../json/value.ts';

const require = createRequire(import.meta.url);

/** The schemas of JSON Schema itself, as the validator's package carries them: address → module. */
const MODULES: Readonly<Record<string, string>> = {
  'http://json-schema.org/draft-04/schema': 'ajv-draft-04/dist/refs/json-schema-draft-04.json',
  'http://json-schema.org/draft-06/schema': 'ajv/dist/refs/json-schema-draft-06.json',
  'http://json-schema.org/draft-07/schema': 'ajv/dist/refs/json-schema-draft-07.json',
  ...vocabularies('2019-09', ['applicator', 'content', 'core', 'format', 'meta-data', 'validation']),
  ...vocabularies('2020-12', [
    'applicator',
    'content',
    'core',
    'format-annotation',
    'meta-data',
    'unevaluated',
    'validation',
  ]),
};

function vocabularies(version: string, names: readonly string[]): Record<string, string> {
  const at = `https://json-schema.org/draft/${version}`;
  const files = `ajv/dist/refs/json-schema-${version}`;
  const entries = names.map((name) => [`${at}/meta/${name}`, `${files}/meta/${name}.json`] as const);
  return { [`${at}/schema`]: `${files}/schema.json`, ...Object.fromEntries(entries) };
}

/** The schema of that address (without `#`), read when it is first asked for; undefined for all other addresses. */
export function metaschema(uri: string): JsonValue | undefined {
  const module = Object.hasOwn(MODULES, uri) ? MODULES[uri] : undefined;
  return module === undefined ? undefined : (require(module) as JsonValue);
}
