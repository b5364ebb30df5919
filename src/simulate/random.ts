/** Numbers that look random and are the same for the same seed: sfc32 by Chris Doty-Humphrey, 32 bits at a time. */
export class Random {
  private a = 0x9e3779b9;
  private b = 0x243f6a88;
  private c = 0xb7e15162;
  private counter: number;

  constructor(seed: number) {
    this.counter = seed | 0;
    this.c ^= Math.floor(seed / 0x1_0000_0000) | 0;
    for (let i = 0; i < 15; i++) this.next();
  }

  /** At least 0, below 1. */
  next(): number {
    const sum = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 0x1_0000_0000;
  }

  /** The time to the next of a Poisson process, in units of its mean. */
  exponential(): number {
    return -Math.log(1 - this.next());
  }

  /** A whole number whose mean is `mean`. */
  whole(mean: number): number {
    const floor = Math.floor(mean);
    return floor + (mean > floor && this.next() < mean - floor ? 1 : 0);
  }
}
