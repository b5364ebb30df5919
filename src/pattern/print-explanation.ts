import type { AlternativeExplanation, Explanation, FieldExplanation } from './explain.ts';

/** Alternatives of `$or` shown when none matches. */
const ALTERNATIVES_SHOWN = 3;

/** Characters shown of one value. */
const VALUE_SHOWN = 120;

/** An explanation as plain text, a line for each field; no line feed at the end. */
export function printExplanation({ match, alternatives }: Explanation): string {
  const lines = [match ? 'match' : 'no match'];
  const shown = alternatives.slice(0, ALTERNATIVES_SHOWN);
  for (const [i, alternative] of shown.entries()) {
    if (alternatives.length > 1) lines.push(`  alternative ${i + 1} of ${alternatives.length}`);
    lines.push(...printAlternative(alternative, alternatives.length > 1 ? '    ' : '  '));
  }
  const more = alternatives.length - shown.length;
  if (more > 0) lines.push(`  and ${more} more alternative${more > 1 ? 's' : ''} that fit no better`);
  return lines.join('\n');
}

function printAlternative({ fields }: AlternativeExplanation, indent: string): string[] {
  return fields.flatMap((field) => printField(field).map((line) => indent + line));
}

function printField(field: FieldExplanation): string[] {
  const { path, verdict, expected, reason, hint, found, count } = field;
  if (verdict === 'met') return [`✓ ${path}: ${metBy(field)}`];
  const lines = [`✗ ${path}: ${reason}`];
  for (const { place, text } of found) lines.push(`    found ${place} = ${shorten(text)}`);
  if (count > found.length) lines.push(`    and ${count - found.length} more`);
  lines.push(`    expected ${expected}`);
  if (hint !== undefined) lines.push(`    ${hint}`);
  return lines;
}

function metBy({ found, expected }: FieldExplanation): string {
  const [value] = found;
  return value ? `${value.place} = ${shorten(value.text)} is ${expected}` : 'there is no value, as asked for';
}

function shorten(text: string): string {
  return text.length > VALUE_SHOWN ? `${text.slice(0, VALUE_SHOWN)}…` : text;
}
