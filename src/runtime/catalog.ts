/** A JSON Schema as data. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

/** An event type in the generated catalogue. */
export interface CatalogEntry {
  /** Its name in generated code. */
  readonly name: string;
  readonly source: string;
  readonly detailType: string;
  readonly owner?: string;
  readonly title?: string;
  readonly description?: string;
  readonly bus?: string;
  /** The file its schema was read from. */
  readonly file: string;
  /** The JSON Schema of `detail`. */
  readonly schema: JsonSchema;
  /** Values of `detail` that the schema calls valid. */
  readonly examples: readonly unknown[];
}
