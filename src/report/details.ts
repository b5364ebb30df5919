import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { printHoles } from '../json/holes.ts';

/** What a finding says, in one line. */
export function headline({ message }: Diagnostic): string {
  return printHoles(message);
}

/** Everything a finding says beside its message, one sentence a line: what is there, what follows, how to mend it. */
export function details({ label, notes = [], fix, otherFixes = [] }: Diagnostic): string[] {
  const lines = [...(label === undefined ? [] : [label]), ...notes];
  if (fix) {
    lines.push(`fix: ${fix.text}${fix.tried === undefined ? '' : ` (tried: ${fix.tried})`}`);
    for (const other of otherFixes) lines.push(`or: ${other.text}`);
  }
  return lines.map(printHoles);
}
