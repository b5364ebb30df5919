import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { isObject, type JsonObject, type JsonValue } from '../../src/json/value.ts';
import { sharedPath } from '../support/shared.ts';

/** A schema of the corpus with values to judge. */
export interface CorpusSchema {
  readonly name: string;
  readonly schema: JsonValue;
  readonly instances: readonly unknown[];
}

const DIALECTS: Readonly<Record<string, string>> = {
  draft4: 'http://json-schema.org/draft-04/schema#',
  draft6: 'http://json-schema.org/draft-06/schema#',
  draft7: 'http://json-schema.org/draft-07/schema#',
  'draft2019-09': 'https://json-schema.org/draft/2019-09/schema',
  'draft2020-12': 'https://json-schema.org/draft/2020-12/schema',
  v1: 'https://json-schema.org/draft/2020-12/schema',
};

/** Every schema in the corpus: files, cases of the official suite, and components of OpenAPI documents. */
export function corpusSchemas(): CorpusSchema[] {
  const folder = sharedPath('corpus/schemas');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(json|ya?ml)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .flatMap((path) => schemasIn(path.slice(folder.length + 1), readFileSync(path, 'utf8')));
}

function schemasIn(name: string, text: string): CorpusSchema[] {
  const value = read(text);
  const dialect = DIALECTS[/(?:tests|remotes)\/([^/]+)\//.exec(name)?.[1] ?? ''];
  if (Array.isArray(value)) return value.flatMap((group, i) => suiteCase(`${name}#${i}`, group, dialect));
  if (!isObject(value)) return [];
  const components = isObject(value['components']) ? value['components']['schemas'] : undefined;
  if (isObject(components)) {
    return Object.keys(components).map((key) => {
      const pointer = key.replaceAll('~', '~0').replaceAll('/', '~1');
      const schema = {
        $ref: `#/components/schemas/${encodeURIComponent(pointer)}`,
        components: value['components']!,
      };
      return { name: `${name}#${key}`, schema, instances: [] };
    });
  }
  if (typeof value['openapi'] === 'string' || typeof value['asyncapi'] === 'string') return [];
  const examples = Array.isArray(value['examples']) ? value['examples'] : [];
  return [{ name, schema: withDialect(value, dialect), instances: examples }];
}

function suiteCase(name: string, group: JsonValue, dialect: string | undefined): CorpusSchema[] {
  if (!isObject(group) || !Array.isArray(group['tests'])) return [];
  const instances = (group['tests'] as readonly JsonObject[]).map(({ data }) => data);
  const { schema } = group;
  return [{ name, schema: isObject(schema) ? withDialect(schema, dialect) : schema!, instances }];
}

function withDialect(schema: JsonObject, dialect: string | undefined): JsonObject {
  return dialect === undefined || '$schema' in schema ? schema : { $schema: dialect, ...schema };
}

function read(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    try {
      return JSON.parse(JSON.stringify(parse(text, { logLevel: 'error' }) ?? null)) as JsonValue;
    } catch {
      return null;
    }
  }
}
