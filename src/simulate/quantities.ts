const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 };

/** `200ms`, `2s`, `3m`, `1h`, or a number of seconds → milliseconds. */
export function parseDuration(value: string | number): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value * 1000 : undefined;
  const [, amount, unit = 's'] = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|min|m|h)?\s*$/.exec(value) ?? [];
  return amount === undefined ? undefined : Number(amount) * units[unit]!;
}

/** `5/s`, `300/min`, `20/h`, or a number a second → a number a second. */
export function parseRate(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const [, amount, unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*\/\s*(s|min|m|h)\s*$/.exec(value) ?? [];
  return amount === undefined ? undefined : (Number(amount) * 1000) / units[unit]!;
}

/** Milliseconds as people say them: `250 ms`, `2 s`, `1:05`, `2:00:00`. */
export function printDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${round(milliseconds / 1000)} s`;
  return printClock(milliseconds);
}

/** A point of virtual time: minutes and seconds, with hours where there are any. */
export function printClock(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (n: number): string => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
