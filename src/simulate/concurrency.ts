/** A function's own limit, and how much of it is in use. */
export interface Slots {
  /** Reserved concurrency; undefined: it shares what the account has left. */
  readonly reserved: number | undefined;
  running: number;
  peak: number;
}

/**
 * The concurrency of an account in one Region. A reservation is a limit as well as a promise: such a function never
 * uses more, and the others never use what is reserved (DG configuration-concurrency).
 */
export class Concurrency {
  private readonly limit: number;
  private shared: number;
  running = 0;

  constructor(limit: number, reserved: readonly number[]) {
    this.limit = limit;
    this.shared = Math.max(0, limit - reserved.reduce((sum, each) => sum + each, 0));
  }

  isFree({ reserved, running }: Slots): boolean {
    return reserved === undefined ? this.shared > 0 : running < reserved && this.running < this.limit;
  }

  start(slots: Slots): boolean {
    if (!this.isFree(slots)) return false;
    if (slots.reserved === undefined) this.shared--;
    slots.running++;
    slots.peak = Math.max(slots.peak, slots.running);
    this.running++;
    return true;
  }

  end(slots: Slots): void {
    slots.running--;
    this.running--;
    if (slots.reserved === undefined) this.shared++;
  }
}
