/** Time, as far as waiting needs it: tests hand in another. */
export interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** 0 to 1, for jitter. */
  random(): number;
}

export const realClock: Clock = {
  now: () => performance.now(),
  sleep: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
  random: Math.random,
};

/** Calls under way at one time, for each service. */
const atOnce = 8;

/**
 * Lets calls begin at most so many times a second, and only some at once. A service that throttles is called half as often
 * from then on; every answer lets the pace recover a little.
 */
export class Pace {
  private readonly clock: Clock;
  private readonly full: number;
  private perSecond: number;
  private next = 0;
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(perSecond: number, clock: Clock) {
    this.full = perSecond;
    this.perSecond = perSecond;
    this.clock = clock;
  }

  async run<T>(call: () => Promise<T>): Promise<T> {
    if (this.running >= atOnce) await new Promise<void>((go) => this.waiting.push(go));
    else this.running++;
    try {
      await this.turn();
      const answer = await call();
      this.perSecond = Math.min(this.full, this.perSecond * 1.02);
      return answer;
    } finally {
      // The place is handed on, so that nobody who comes later takes it.
      const go = this.waiting.shift();
      if (go) go();
      else this.running--;
    }
  }

  throttled(): void {
    this.perSecond = Math.max(1, this.perSecond / 2);
  }

  private async turn(): Promise<void> {
    const now = this.clock.now();
    const at = Math.max(now, this.next);
    this.next = at + 1000 / this.perSecond;
    if (at > now) await this.clock.sleep(at - now);
  }
}
