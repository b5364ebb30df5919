import type { JsonValue } from '../json/value.ts';
import { isObject } from '../json/value.ts';
import { matchValue } from '../pattern/match.ts';
import type { Pattern } from '../pattern/pattern.ts';
import { restrictPattern } from '../pattern/restrict.ts';
import { no, unknown, type Verdict, yes } from '../sets/verdict.ts';

// Stand-in until the set algebra lands in this session.
export function decide(schema: JsonValue, pattern: Pattern): Verdict<JsonValue> {
  const known = new Map<string, JsonValue>();
  const walk = (s: JsonValue, path: string): void => {
    if (!isObject(s)) return;
    for (const part of Array.isArray(s['allOf']) ? s['allOf'] : []) walk(part, path);
    if (isObject(s['properties']))
      for (const [k, v] of Object.entries(s['properties'])) walk(v, path ? `${path}.${k}` : k);
    const e = s['enum'];
    if (s['const'] !== undefined) known.set(path, s['const']);
    else if (Array.isArray(e) && e.length === 1) known.set(path, e[0]);
  };
  walk(schema, '');
  const event: Record<string, JsonValue> = {};
  for (const [k, v] of known) event[k] = v;
  if (
    !matchValue(
      restrictPattern(pattern, (p) => known.has(p)),
      event,
    )
  )
    return no('literal');
  const rest = pattern.alternatives.some((a) => a.conditions.some((c) => !known.has(c.path)));
  return rest ? unknown('not decided') : yes(event);
}
