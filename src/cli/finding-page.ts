import { readFileSync } from 'node:fs';
import type { Code } from '../diagnostic/findings.ts';

/** The page of a finding in docs/findings, which stands two folders above this file both in src/ and in dist/. */
export function pageOfFinding(code: Code): string {
  return readFileSync(new URL(`../../docs/findings/${code}.md`, import.meta.url), 'utf8');
}
