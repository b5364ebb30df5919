import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';

/**
 * The project's larger test data lies beside the checkout. It is there in CI, where its absence is a failure; an
 * ordinary checkout goes without and runs the project's own cases only.
 */
export const sharedRoot = fileURLToPath(new URL('../../../shared/', import.meta.url));

const wanted = existsSync(`${sharedRoot}vectors`) || Boolean(process.env['CI']);

export function sharedPath(relative: string): string {
  return sharedRoot + relative;
}

/** A group of tests over the shared data: fails in CI when the data is missing, is skipped elsewhere. */
export function describeShared(name: string, body: () => void): void {
  // A skipped group's body would run all the same, and read what is not there.
  if (wanted) describe(name, body);
  else describe.skip(name, () => it('needs data that lies beside the checkout', () => {}));
}
