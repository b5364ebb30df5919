/**
 * A quota per second that lets one second's worth through at once (a token bucket, kept as the time at which it would
 * be full again). EventBridge rejects PutEvents above its quota and delays invocations above theirs (UG eb-quota).
 */
export class RateLimit {
  private readonly perMillisecond: number;
  /** When the bucket is full again. */
  private full = 0;

  constructor(perSecond: number) {
    this.perMillisecond = perSecond / 1000;
  }

  /** Takes some of the quota; false, and takes nothing, where there is not enough left. */
  take(amount: number, now: number): boolean {
    const full = Math.max(this.full, now) + amount / this.perMillisecond;
    if (full - now > 1000 && this.full > now) return false;
    this.full = full;
    return true;
  }

  /** Takes one, and says at what time there is one to take. */
  reserve(now: number): number {
    this.full = Math.max(this.full, now) + 1 / this.perMillisecond;
    return Math.max(now, this.full - 1000);
  }
}
