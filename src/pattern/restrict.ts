import type { Alternative, Pattern } from './pattern.ts';

/**
 * The pattern with only the conditions on the paths that are kept: what remains matches at least as much. An
 * alternative without conditions matches every event.
 */
export function restrictPattern(pattern: Pattern, keep: (path: string) => boolean): Pattern {
  const alternatives: Alternative[] = pattern.alternatives.map((alternative) => ({
    conditions: alternative.conditions.filter(({ path }) => keep(path)),
  }));
  return { ...pattern, alternatives };
}

/** Every path some condition of the pattern is about. */
export function pathsOf(pattern: Pattern): Set<string> {
  return new Set(pattern.alternatives.flatMap(({ conditions }) => conditions.map(({ path }) => path)));
}
