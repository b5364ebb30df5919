/** A number from the command line: `--name 12`. */
export function option(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
}

/** Numbers of 16 bits for a numbered case (splitmix32): a run can be done in parts, and any case again. */
export function numbersOf(number: number, count: number): number[] {
  // Neighbouring numbers must not share their draws.
  let state = Math.imul(number, 0x2545f491) ^ 0x5bd1e995;
  return Array.from({ length: count }, () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return (z ^ (z >>> 15)) & 0xffff;
  });
}
