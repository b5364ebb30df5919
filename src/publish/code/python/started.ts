import type { Expression, Step } from '../tree.ts';

/** The steps of a file that is started as a program: what stands behind `if __name__ == '__main__':` runs. */
export function started(steps: readonly Step[], source: string): readonly Step[] {
  return steps.flatMap((step) =>
    step.kind === 'branches' && asksForMain(step.tests?.[0], source) ? (step.branches[0] ?? []) : [step],
  );
}

function asksForMain(test: Expression | undefined, source: string): boolean {
  if (test?.kind !== 'opaque' || test.at === undefined) return false;
  const written = source.slice(test.at, test.end).replace(/\s/g, '');
  return /^(?:__name__==(["'])__main__\1|(["'])__main__\2==__name__)$/.test(written);
}
