/** Parts of a list that are written out. */
const MOST_PARTS = 6;

/** `a, b and c`; of long lists the first parts, and how many more there are. */
export function listing(parts: readonly string[], word: 'and' | 'or'): string {
  const kept = parts.slice(0, MOST_PARTS);
  if (parts.length > MOST_PARTS) kept.push(`${parts.length - MOST_PARTS} more`);
  if (kept.length < 2) return kept.join('');
  return `${kept.slice(0, -1).join(', ')} ${word} ${kept.at(-1)}`;
}

/** A value as JSON, cut where it is long. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
}

/** `exactly 1 item`, `at most 3 items`, `2 to 4 items`. */
export function amount(from: number, to: number, what: string): string {
  const many = (count: number) => `${count} ${what}${count === 1 ? '' : 's'}`;
  if (from === to) return `exactly ${many(from)}`;
  if (to === Number.POSITIVE_INFINITY) return `at least ${many(from)}`;
  return from === 0 ? `at most ${many(to)}` : `${from} to ${many(to)}`;
}
