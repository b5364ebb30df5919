/**
 * The largest absolute eigenvalue of a non-negative square matrix given by its rows: for an emission matrix, by how
 * much the number of events grows per round in the long run.
 *
 * Power iteration on (A + I)/2-shifted form, so that periodic matrices (two events that only cause each other)
 * converge too; the bounds of Collatz and Wielandt tell when it is done. Time: rounds × non-zero entries; the result
 * is exact to about nine digits for irreducible matrices, a lower bound otherwise.
 */
export function spectralRadius(
  rows: readonly (readonly (readonly [column: number, weight: number])[])[],
): number {
  const size = rows.length;
  if (size === 0) return 0;
  let vector = new Array<number>(size).fill(1 / size);
  let estimate = 0;
  for (let round = 0; round < 10_000; round++) {
    const next = rows.map((row, i) =>
      row.reduce((sum, [j, weight]) => sum + weight * vector[j]!, vector[i]!),
    );
    let low = Number.POSITIVE_INFINITY;
    let high = 0;
    for (let i = 0; i < size; i++) {
      if (vector[i]! < 1e-300) continue;
      const ratio = next[i]! / vector[i]!;
      low = Math.min(low, ratio);
      high = Math.max(high, ratio);
    }
    estimate = (low + high) / 2 - 1;
    if (high - low < 1e-12 * high) break;
    const total = next.reduce((sum, entry) => sum + entry, 0);
    vector = next.map((entry) => entry / total);
  }
  return Math.round(estimate * 1e9) / 1e9;
}
