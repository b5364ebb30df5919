import type { Lowered } from './lower.ts';

/**
 * Types by name, without references by which a type would be itself: `type A = B; type B = A & C`. TypeScript has no
 * such types, and the schema says nothing there. References inside members and items are fine.
 */
export function withoutCycles(types: ReadonlyMap<string, Lowered>): ReadonlyMap<string, Lowered> {
  const result = new Map<string, Lowered>();
  const open = new Set<string>();
  const visit = (name: string): void => {
    const type = types.get(name);
    if (!type || result.has(name) || open.has(name)) return;
    open.add(name);
    const cut = (part: Lowered): Lowered => {
      const reference = part['tsType'];
      if (typeof reference === 'string' && types.has(reference)) {
        if (open.has(reference)) return { ...part, tsType: 'unknown' };
        visit(reference);
        return part;
      }
      const { anyOf, allOf } = part;
      if (Array.isArray(anyOf)) return { ...part, anyOf: anyOf.map(cut) };
      return Array.isArray(allOf) ? { ...part, allOf: allOf.map(cut) } : part;
    };
    result.set(name, cut(type));
    open.delete(name);
  };
  for (const name of types.keys()) visit(name);
  return result;
}
