/**
 * The work a question may cost. Steps, not time: the same question gets the same answer on every machine.
 * Running out is an answer ("unknown"), not an error: {@link OutOfBudget} is caught where the question was asked.
 */
export class Budget {
  private left: number;
  readonly steps: number;

  constructor(steps: number) {
    this.steps = steps;
    this.left = steps;
  }

  /** Takes some steps; throws {@link OutOfBudget} when none are left, naming what was too costly. */
  spend(what: string, steps = 1): void {
    this.left -= steps;
    if (this.left < 0) throw new OutOfBudget(what);
  }

  get spent(): number {
    return this.steps - this.left;
  }
}

export class OutOfBudget extends Error {
  /** The construct that was too costly, in words. */
  readonly what: string;
  constructor(what: string) {
    super(`budget used up: ${what}`);
    this.what = what;
  }
}
