/** The languages called JSON Schema. */
export type Dialect = 'draft-04' | 'draft-06' | 'draft-07' | '2019-09' | '2020-12' | 'openapi-3.0';

/** Oldest first; OpenAPI 3.0 is draft-05 with changes, so it stands with the old ones. */
const AGE: Readonly<Record<Dialect, number>> = {
  'draft-04': 4,
  'openapi-3.0': 5,
  'draft-06': 6,
  'draft-07': 7,
  '2019-09': 8,
  '2020-12': 9,
};

export const NEWEST: Dialect = '2020-12';

/** Whether a dialect is at least as new as another. */
export function since(dialect: Dialect, first: Dialect): boolean {
  return AGE[dialect] >= AGE[first];
}

const BY_URI: Readonly<Record<string, Dialect>> = {
  'http://json-schema.org/draft-04/schema': 'draft-04',
  'http://json-schema.org/draft-06/schema': 'draft-06',
  'http://json-schema.org/draft-07/schema': 'draft-07',
  'https://json-schema.org/draft/2019-09/schema': '2019-09',
  'https://json-schema.org/draft/2020-12/schema': '2020-12',
};

/** The dialect that a `$schema` names, or undefined for one that is not known. */
export function dialectOf(uri: string): Dialect | undefined {
  const plain = uri.replace(/#.*$/s, '');
  if (/^https?:\/\/json-schema\.org\/schema$/.test(plain)) return NEWEST;
  return (
    BY_URI[plain] ??
    BY_URI[plain.replace(/^https?:\/\/json-schema.org\/draft-/, 'http://json-schema.org/draft-')]
  );
}

/** The keyword that names a schema. */
export function idKeyword(dialect: Dialect): 'id' | '$id' {
  return dialect === 'draft-04' ? 'id' : '$id';
}
