import { createHash } from 'node:crypto';
import type { Diagnostic } from './diagnostic.ts';

/**
 * Twelve hexadecimal digits that stay the same while the finding does: made of its code and identity, not of the
 * place, so that edits elsewhere in the file do not change it.
 */
export function fingerprint({ code, identity }: Diagnostic): string {
  return createHash('sha256').update(`${code}\n${identity}`).digest('hex').slice(0, 12);
}
