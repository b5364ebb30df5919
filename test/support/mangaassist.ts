import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** The worked example: where its event schemas stand, and validators for them. */
export const mangaassistSchemas = fileURLToPath(new URL('../../schemas/mangaassist/', import.meta.url));

export interface DetailSchema {
  readonly $id: string;
  readonly title: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly required: readonly string[];
  readonly examples: readonly unknown[];
  readonly [key: string]: unknown;
}

export interface SchemaFile {
  /** Relative to the schemas' folder: `mangaassist.ai/AnalyticsProcessed.json`. */
  readonly path: string;
  readonly source: string;
  readonly detailType: string;
  readonly schema: DetailSchema;
}

export interface ExamplesFile {
  readonly valid: readonly unknown[];
  readonly invalid: readonly { readonly why: string; readonly keyword: string; readonly detail: unknown }[];
}

export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

export function schemaFiles(): SchemaFile[] {
  const files: SchemaFile[] = [];
  for (const source of readdirSync(mangaassistSchemas).filter((name) => name.startsWith('mangaassist.'))) {
    for (const name of readdirSync(mangaassistSchemas + source)) {
      if (name.endsWith('.examples.json')) continue;
      const path = `${source}/${name}`;
      const schema = readJson(mangaassistSchemas + path) as DetailSchema;
      files.push({ path, source, detailType: name.slice(0, -'.json'.length), schema });
    }
  }
  return files;
}

export function examplesOf(file: SchemaFile): ExamplesFile {
  return readJson(mangaassistSchemas + file.path.replace(/\.json$/, '.examples.json')) as ExamplesFile;
}

/** A validator of `detail` for each event type, by `source@DetailType`. Keeps all errors of a value. */
export function detailValidators(): ReadonlyMap<string, ValidateFunction> {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
  addFormats.default(ajv);
  ajv.addVocabulary(['x-amazon-events-source', 'x-amazon-events-detail-type', 'x-owner']);
  ajv.addSchema(readJson(`${mangaassistSchemas}common.json`) as object);
  return new Map(
    schemaFiles().map(({ source, detailType, schema }) => [`${source}@${detailType}`, ajv.compile(schema)]),
  );
}
