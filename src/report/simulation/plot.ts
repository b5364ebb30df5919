const blocks = '▁▂▃▄▅▆▇█';

/** Values joined to at most `columns`, each the mean (or the highest) of its share. */
export function joined(values: readonly number[], columns: number, how: 'mean' | 'highest'): number[] {
  if (values.length <= columns) return [...values];
  return Array.from({ length: columns }, (_, i) => {
    const from = Math.floor((i * values.length) / columns);
    const share = values.slice(from, Math.max(from + 1, Math.floor(((i + 1) * values.length) / columns)));
    return how === 'highest' ? Math.max(...share) : share.reduce((sum, each) => sum + each, 0) / share.length;
  });
}

/** A line of blocks, from nothing to the highest value; what is not nothing shows. */
export function sparkline(values: readonly number[]): string {
  const highest = Math.max(...values, 0);
  return values
    .map((value) => (value <= 0 ? ' ' : blocks[Math.min(7, Math.floor((value / highest) * 7.999))]))
    .join('');
}

/** Numbers as people read them: `1,024`, `0.25`, `78.4`. */
export function shown(value: number): string {
  if (value !== 0 && Math.abs(value) < 10 && !Number.isInteger(value))
    return String(Number(value.toPrecision(2)));
  return Math.round(value).toLocaleString('en-US');
}

/** US dollars: to the cent, and what is less than a cent to two digits. */
export function dollars(value: number): string {
  return value !== 0 && value < 0.1 ? `$${Number(value.toPrecision(2))}` : `$${value.toFixed(2)}`;
}
