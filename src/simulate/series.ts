/** What is counted in each step of time. */
export const measures = [
  'events',
  'invocations',
  'throttles',
  'rejected',
  'failed',
  'deadLetters',
  'concurrency',
  'queued',
  'cost',
] as const;

export type Measure = (typeof measures)[number];

/** Sums are added up within a step; of levels the highest in a step is kept. */
const levels: ReadonlySet<Measure> = new Set(['concurrency', 'queued']);

export type Row = { readonly [M in Measure]: number } & { readonly time: number };

/** Measures over virtual time, in equal steps. */
export class Series {
  private readonly columns = new Map<Measure, number[]>(measures.map((name) => [name, []]));
  private readonly step: number;
  /** The level a measure stands at: an untouched step keeps it. */
  private readonly standing = new Map<Measure, number>();

  constructor(step: number) {
    this.step = step;
  }

  add(measure: Measure, amount: number, time: number): void {
    const column = this.columns.get(measure)!;
    const at = Math.floor(time / this.step);
    column[at] = (column[at] ?? 0) + amount;
  }

  level(measure: Measure, value: number, time: number): void {
    const column = this.columns.get(measure)!;
    const at = Math.floor(time / this.step);
    const before = this.standing.get(measure) ?? 0;
    // The steps since the last change had its level throughout.
    for (let i = column.length; i < at; i++) column[i] = before;
    column[at] = Math.max(column[at] ?? before, value);
    this.standing.set(measure, value);
  }

  /** All steps up to `end`. */
  rows(end: number): Row[] {
    const count = Math.max(1, Math.ceil(end / this.step));
    return Array.from({ length: count }, (_, i) => {
      const row: Record<string, number> = { time: i * this.step };
      for (const name of measures) {
        const column = this.columns.get(name)!;
        const standing = i >= column.length && levels.has(name) ? (this.standing.get(name) ?? 0) : 0;
        row[name] = column[i] ?? standing;
      }
      return row as Row;
    });
  }
}
