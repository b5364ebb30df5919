import { asHoles, surelyTakes } from './glob.ts';
import { common, type Grant } from './grant.ts';
import type { Condition } from './statement.ts';

/** What conditions leave of all sources and detail-types. Absent: any. */
export type Limits = Pick<Grant, 'sources' | 'detailTypes'>;

const fieldOf = new Map<string, keyof Limits>([
  ['events:source', 'sources'],
  ['events:detail-type', 'detailTypes'],
]);

/**
 * Reads the conditions of an Allow. Undefined: code never meets them. Keys and operators that are not known are
 * passed over, which widens. `IfExists` and `ForAllValues:` restrict as well, since an entry without source or
 * detail-type is refused; `ForAnyValue:` does not, since the other entries of a request could be anything.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function limitsOf(conditions: readonly Condition[]): Limits | undefined {
  if (onlyForwarding(conditions)) return undefined;
  let limits: Limits = {};
  for (const { operator, key, values } of conditions) {
    if (!values || values.length === 0) continue;
    const field = fieldOf.get(key);
    const form = /^(?:ForAllValues:)?String(Equals|Like)(?:IfExists)?$/i.exec(operator);
    if (!field || !form) continue;
    const patterns = form[1]!.toLowerCase() === 'like' ? values : values.map(literal);
    const left = common(limits[field], patterns);
    if (left.length === 0) return undefined;
    limits = { ...limits, [field]: left };
  }
  return limits;
}

/** Whether the conditions hold only while a rule forwards an event to the bus, never when code calls (UG eb-use-conditions). */
export function onlyForwarding(conditions: readonly Condition[]): boolean {
  return conditions.some(
    ({ operator, key, values }) =>
      key === 'events:eventbusinvocation' &&
      /^(?:Bool|StringEquals)$/i.test(operator) &&
      values !== undefined &&
      values.length > 0 &&
      values.every((value) => value.toLowerCase() === 'true'),
  );
}

/** Whether a request without source and detail-type fails the conditions for certain. */
export function insistsOnField(conditions: readonly Condition[]): boolean {
  return conditions.some(
    ({ operator, key }) => fieldOf.has(key) && /^String(?:Equals|Like)$/i.test(operator),
  );
}

/** What a Deny under conditions leaves of a grant it is about; everything, unless the conditions are understood. */
export function without(grant: Grant, conditions: readonly Condition[]): Grant[] {
  if (conditions.length === 0) return [];
  const [only] = conditions;
  if (conditions.length > 1 || !only?.values) return [grant];
  const { operator, key, values } = only;
  if (key === 'events:eventbusinvocation' && /^Bool$/i.test(operator)) {
    return values.length === 1 && values[0]!.toLowerCase() === 'false' ? [] : [grant];
  }
  const field = fieldOf.get(key);
  const form = /^(ForAnyValue:)?String(Not)?(Equals|Like)$/i.exec(operator);
  if (!field || !form || values.length === 0) return [grant];
  const patterns = form[3]!.toLowerCase() === 'like' ? values : values.map(literal);
  const now = grant[field];
  const left = form[2]
    ? common(now, patterns)
    : now?.filter((text) => !patterns.some((pattern) => surelyTakes(pattern, text, true)));
  if (!left) return [grant];
  return left.length === 0 ? [] : [{ ...grant, [field]: left }];
}

/** A value that StringEquals compares as it is: its wildcards are characters. */
function literal(value: string): string {
  return value.replace(/[*?]/g, (sign) => `\${${sign}}`);
}

/** The patterns as texts with holes, for emissions. */
export function textsWithHoles(patterns: readonly string[], what: string): string[] {
  return patterns.map((pattern) => asHoles(pattern, `${what} like ${pattern}`));
}
