import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { JsonObject } from '../../src/json/value.ts';
import { sharedPath } from './shared.ts';

/** One labelled pattern and event of the shared data. */
export interface VectorLine {
  readonly id: string;
  readonly pattern: string | JsonObject;
  readonly event: string;
  readonly valid: boolean;
  readonly match: boolean;
  /** The answer changes if pattern or event goes through `JSON.parse`. */
  readonly raw?: boolean;
}

export const vectorFiles = ['vectors/patterns-dev.jsonl.gz', 'vectors/ruler-unit-cases.jsonl'];

export function vectorLines(path: string): VectorLine[] {
  const bytes = readFileSync(sharedPath(path));
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as VectorLine);
}

export function vectorPattern({ pattern }: VectorLine): string {
  return typeof pattern === 'string' ? pattern : JSON.stringify(pattern);
}
