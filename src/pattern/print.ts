import { type JsonValue, setOwn } from '../json/value.ts';
import { canonicalPattern, printedChoice } from './canonical.ts';
import { reservedNames } from './expand.ts';
import type { Alternative, Condition, Pattern } from './pattern.ts';
import { type Printed, plainJson, printJson } from './print-json.ts';

export interface PrintPatternOptions {
  /** Spaces per level; everything on one line if 0 or not given. */
  readonly indent?: number;
}

/** Pattern → JSON text that parses to the same alternatives. Names are nested wherever that keeps the path. */
export function printPattern(pattern: Pattern, options: PrintPatternOptions = {}): string {
  return printJson(printedPattern(pattern), options.indent ?? 0);
}

/** Pattern → value. Numbers with more digits than a double holds are rounded: see {@link printPattern}. */
export function patternValue(pattern: Pattern): JsonValue {
  return plainJson(printedPattern(pattern));
}

/** The text of the canonical form: the same for two patterns that differ in spelling and order only. */
export function canonicalText(pattern: Pattern): string {
  return printPattern(canonicalPattern(pattern));
}

/** Whether two patterns are the same but for spelling and order. Patterns of other form may still mean the same. */
export function samePattern(a: Pattern, b: Pattern): boolean {
  return a === b || canonicalText(a) === canonicalText(b);
}

/** The list of choices of a condition as JSON text: equal for conditions of equal form. */
export function printChoices({ choices }: Condition): string {
  return printJson(choices.map(printedChoice));
}

function printedPattern({ alternatives }: Pattern): Printed {
  const [only, ...others] = alternatives;
  if (others.length === 0) return printedFields(only?.conditions ?? [], false);
  const common = commonConditions(alternatives);
  const outside = only!.conditions.filter(({ path }) => common.has(path));
  const inside = alternatives.map(({ conditions }) => conditions.filter(({ path }) => !common.has(path)));
  const fields = printedFields(outside, false) as Record<string, Printed>;
  fields['$or'] = inside.map((conditions) => printedFields(conditions, true));
  return fields;
}

/**
 * Paths that have the same condition in every alternative: they stand outside `$or`, where reserved names are
 * allowed. Each alternative keeps at least one condition, for an item of `$or` may not be empty.
 */
function commonConditions(alternatives: readonly Alternative[]): Set<string> {
  const [first, ...rest] = alternatives;
  const texts = rest.map(({ conditions }) => new Map(conditions.map((c) => [c.path, printChoices(c)])));
  const common = first!.conditions.filter((c) => texts.every((text) => text.get(c.path) === printChoices(c)));
  const paths = new Set(common.map(({ path }) => path));
  if (alternatives.some(({ conditions }) => conditions.length === paths.size)) {
    const inner = common.findLast(({ path }) => !reservedNames.has(path));
    if (inner) paths.delete(inner.path);
  }
  return paths;
}

interface Field {
  readonly children: Map<string, Field>;
  condition?: Condition;
}

function printedFields(conditions: readonly Condition[], insideOr: boolean): Printed {
  const root: Field = { children: new Map() };
  for (const condition of conditions) {
    let field = root;
    for (const name of namesOf(condition.path, insideOr)) {
      const next: Field = field.children.get(name) ?? { children: new Map() };
      field.children.set(name, next);
      field = next;
    }
    field.condition = condition;
  }
  return printedObject(root);
}

/** The path cut into names; `$or`, and inside `$or` reserved names, stay joined to the name before them. */
function namesOf(path: string, insideOr: boolean): string[] {
  const names: string[] = [];
  for (const name of path.split('.')) {
    const kept = name === '$or' || (insideOr && reservedNames.has(name));
    const unsafe = names.at(-1) === '$or' || (insideOr && names.length === 1 && reservedNames.has(names[0]!));
    if (names.length > 0 && (kept || unsafe)) names.push(`${names.pop()}.${name}`);
    else names.push(name);
  }
  return names;
}

function printedObject(field: Field): Printed {
  const object: Record<string, Printed> = {};
  for (const [name, child] of field.children) {
    if (child.condition) setOwn(object, name, child.condition.choices.map(printedChoice));
    if (child.children.size === 0) continue;
    const inner = printedObject(child);
    if (!child.condition) setOwn(object, name, inner);
    else
      for (const [key, value] of Object.entries(inner as Record<string, Printed>))
        setOwn(object, `${name}.${key}`, value);
  }
  return object;
}
