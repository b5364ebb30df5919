/** Why no arbitrary can be made: thrown where one is asked for, so that a test says it and does not pass on nothing. */
export class UnsupportedArbitraryError extends Error {
  override readonly name = 'UnsupportedArbitraryError';
  /** The reason in words, without what was asked for. */
  readonly reason: string;

  constructor(what: string, reason: string) {
    super(`${what}: ${reason}`);
    this.reason = reason;
  }
}
