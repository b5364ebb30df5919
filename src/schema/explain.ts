import type { Span } from '../json/document.ts';
import { printPointer } from '../json/pointer.ts';
import { isObject, type JsonValue, own } from '../json/value.ts';
import { type CompiledPattern, conditionAt } from '../pattern/compile.ts';
import { operatorOf } from '../pattern/operators/operators.ts';
import type { Alternative, Condition } from '../pattern/pattern.ts';
import { memberOf } from '../sets/ask.ts';
import type { Formula } from '../sets/formula.ts';
import { and } from '../sets/junction.ts';
import type { Reason } from '../sets/verdict.ts';
import type { CompiledSchema } from './compiled.ts';
import type { Place } from './library.ts';
import { enterScope, OUTSIDE, type Scope } from './scope.ts';

/** Steps for one of the small questions an explanation is made of, and for all of them. */
const STEPS = 10_000;
const ALL_STEPS = 80_000;
/** Alternatives of a pattern that are explained one by one. */
const MOST_ALTERNATIVES = 4;

/** Steps that are left for an explanation. */
interface Purse {
  left: number;
}

/** Keywords that lead to the one that decides, and are told only where there is no other. */
const FRAME = new Set(['type', 'properties', 'allOf', '$ref', 'items', 'additionalProperties']);

/** A keyword of a schema that takes part in a conflict. */
interface Culprit {
  readonly place: Place;
  readonly keyword: string;
}

/**
 * Why no event is valid and matches: the conditions of the pattern that already fail by themselves, and the
 * keywords of the schema they fail against. Found by leaving out one part after the other and asking again.
 */
export function explainEmptiness(schema: CompiledSchema, pattern: CompiledPattern): Reason {
  const purse = { left: ALL_STEPS };
  if (isEmpty(schema.formula, purse)) {
    const culprits = keywordsAgainst(schema, schema.root, OUTSIDE, undefined, [], purse);
    return {
      text: `no event at all is valid under the schema: ${listed(culprits)}`,
      ...placed(schema, culprits),
    };
  }
  const { alternatives } = pattern.pattern;
  const reasons = alternatives
    .slice(0, MOST_ALTERNATIVES)
    .map((one) => explainAlternative(schema, one, purse));
  const [first] = reasons as [Reason, ...Reason[]];
  if (alternatives.length === 1) return first;
  const more = alternatives.length > reasons.length ? `; and so on for ${alternatives.length} in all` : '';
  const text = reasons.map((reason, i) => `alternative ${i + 1}: ${reason.text}`).join('; ');
  return { ...first, text: `no alternative of the pattern can be met: ${text}${more}` };
}

function explainAlternative(schema: CompiledSchema, { conditions }: Alternative, purse: Purse): Reason {
  const guilty = leaveOut(conditions, (rest) =>
    isEmpty(
      and(schema.formula, ...rest.map((condition) => conditionAt(condition, condition.path.split('.')))),
      purse,
    ),
  );
  const [first] = guilty;
  if (!first || guilty.length > 1) return together(schema, first ? guilty : conditions);
  const culprits = keywordsAgainst(schema, schema.root, OUTSIDE, first, first.path.split('.'), purse);
  const wanted = `the pattern wants ${describe(first)} at ${first.path}`;
  const text =
    culprits.length > 0 ? `${wanted}, but ${listed(culprits)}` : `${wanted}, which the schema excludes`;
  return { text, path: first.path, ...placed(schema, culprits, first.span) };
}

function together(schema: CompiledSchema, conditions: readonly Condition[]): Reason {
  const paths = conditions.map(({ path }) => path);
  const text = `the conditions on ${paths.join(' and ')} can each be met, but not together in one event`;
  const place = schema.root.tokens;
  return {
    text,
    path: paths[0]!,
    keyword: printPointer(place),
    places: conditions.map(({ span }) => span),
  };
}

function describe({ choices }: Condition): string {
  const shown = choices.slice(0, 4).map((choice) => operatorOf(choice).describe(choice));
  return shown.join(' or ') + (choices.length > 4 ? ` or ${choices.length - 4} others` : '');
}

function isEmpty(formula: Formula, purse: Purse): boolean {
  return purse.left > 0 && memberOf(formula, { steps: STEPS, purse }).answer === 'no';
}

/** A smallest list that still has the property, by leaving out one after the other. */
function leaveOut<T>(list: readonly T[], holds: (rest: readonly T[]) => boolean): readonly T[] {
  if (!holds(list)) return [];
  for (const one of list) if (list.length > 1 && holds([one])) return [one];
  let rest = list;
  for (const one of list) {
    const without = rest.filter((other) => other !== one);
    if (without.length > 0 && holds(without)) rest = without;
  }
  return rest;
}

/**
 * The keywords that together exclude a condition whose path goes on with `path` from this schema; as deep inside
 * the schema as they can be found. Without a condition: that exclude everything.
 */
function keywordsAgainst(
  schema: CompiledSchema,
  place: Place,
  outer: Scope,
  condition: Condition | undefined,
  path: readonly string[],
  purse: Purse,
  depth = 0,
): readonly Culprit[] {
  const scope = enterScope(outer, place.resource);
  const wanted = condition ? [conditionAt(condition, path)] : [];
  const parts = schema.compiler.parts(place, scope);
  const guilty = leaveOut(parts, (rest) =>
    isEmpty(and(...rest.map(({ formula }) => formula), ...wanted), purse),
  );
  if (guilty.length === 0) return [];
  const own = guilty.map(({ keyword }) => ({ place, keyword }));
  if (depth > 30) return own;
  const deeper = own.flatMap((culprit) => below(schema, culprit, scope, condition, path, purse, depth));
  const telling = own.filter(({ keyword }) => !FRAME.has(keyword)).concat(deeper);
  if (telling.length > 0) return telling;
  const closing = own.filter(({ keyword }) => keyword !== 'type');
  return closing.length > 0 ? closing : own;
}

function below(
  schema: CompiledSchema,
  { place, keyword }: Culprit,
  scope: Scope,
  condition: Condition | undefined,
  path: readonly string[],
  purse: Purse,
  depth: number,
): readonly Culprit[] {
  const { library } = schema;
  const value = isObject(place.schema) ? own(place.schema, keyword) : undefined;
  const go = (target: Place | undefined, rest: readonly string[]) =>
    target ? keywordsAgainst(schema, target, scope, condition, rest, purse, depth + 1) : [];
  switch (keyword) {
    case '$ref':
      return typeof value === 'string' ? go(library.resolve(value, place.resource), path) : [];
    case 'allOf':
      for (const [i, inner] of Array.isArray(value) ? value.entries() : []) {
        const found = go(library.inside(place, inner, keyword, String(i)), path);
        if (found.length > 0) return found;
      }
      return [];
    case 'properties':
      for (let length = 1; length <= path.length && isObject(value); length++) {
        const name = path.slice(0, length).join('.');
        const inner = own(value, name);
        if (inner === undefined) continue;
        const found = go(library.inside(place, inner, keyword, name), path.slice(length));
        if (found.length > 0) return found;
      }
      return [];
    case 'items':
      return isObject(value) ? go(library.inside(place, value, keyword), path) : [];
    default:
      return [];
  }
}

function listed(culprits: readonly Culprit[]): string {
  const shown = culprits.slice(0, 3).map(({ place, keyword }) => {
    const value = isObject(place.schema) ? own(place.schema, keyword) : undefined;
    const pointer = printPointer([...place.tokens, keyword]);
    return `the schema has ${JSON.stringify(keyword)}: ${shortened(value)} (${pointer})`;
  });
  return shown.join(' and ');
}

function shortened(value: JsonValue | undefined): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function placed(schema: CompiledSchema, culprits: readonly Culprit[], condition?: Span) {
  const spans = culprits.flatMap(({ place, keyword }) => schema.compiler.spanOf(place, keyword) ?? []);
  const places = [...spans, ...(condition ? [condition] : [])];
  const [first] = culprits;
  return {
    ...(first ? { keyword: printPointer([...first.place.tokens, first.keyword]) } : {}),
    ...(places.length > 0 ? { places } : {}),
  };
}
