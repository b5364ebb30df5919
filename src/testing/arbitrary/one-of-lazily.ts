import * as fc from 'fast-check';

/** Makes an arbitrary; undefined if it turns out to have no values. */
export type Maker<T> = () => fc.Arbitrary<T> | undefined;

/**
 * One of several arbitraries, each made when it is first drawn from: of hundreds, most tests draw from few. Undefined
 * if none has values.
 */
export function oneOfLazily<T>(makers: readonly Maker<T>[]): fc.Arbitrary<T> | undefined {
  const lazily = new OneOfLazily(makers);
  return lazily.isEmpty() ? undefined : lazily;
}

interface Drawn {
  readonly from: number;
  readonly context: unknown;
}

class OneOfLazily<T> extends fc.Arbitrary<T> {
  private readonly makers: readonly Maker<T>[];
  private readonly made = new Map<number, fc.Arbitrary<T> | undefined>();

  constructor(makers: readonly Maker<T>[]) {
    super();
    this.makers = makers;
  }

  isEmpty(): boolean {
    return this.makers.every((_, at) => !this.at(at));
  }

  private at(index: number): fc.Arbitrary<T> | undefined {
    if (!this.made.has(index)) this.made.set(index, this.makers[index]!());
    return this.made.get(index);
  }

  generate(random: fc.Random, bias: number | undefined): fc.Value<T> {
    // The next one that has values: the same numbers give the same value, whatever was drawn before.
    let from = random.nextInt(0, this.makers.length - 1);
    while (!this.at(from)) from = (from + 1) % this.makers.length;
    return this.from(from, this.at(from)!.generate(random, bias));
  }

  canShrinkWithoutContext(value: unknown): value is T {
    return this.ownerOf(value) !== undefined;
  }

  private ownerOf(value: unknown): Drawn | undefined {
    for (const [from, arbitrary] of this.made) {
      if (arbitrary?.canShrinkWithoutContext(value)) return { from, context: undefined };
    }
    return undefined;
  }

  shrink(value: T, context: unknown): fc.Stream<fc.Value<T>> {
    const drawn = (context as Drawn | undefined) ?? this.ownerOf(value);
    if (!drawn) return fc.Stream.nil();
    return this.at(drawn.from)!
      .shrink(value, drawn.context)
      .map((next) => this.from(drawn.from, next));
  }

  private from(from: number, value: fc.Value<T>): fc.Value<T> {
    const drawn: Drawn = { from, context: value.context };
    return new fc.Value(value.value_, drawn);
  }
}
