import type { JsonValue } from '../../json/value.ts';
import { code } from './literals.ts';

/**
 * Makes Ajv's statements short: an error is pushed in one statement instead of eight lines, and of the schemas that
 * Ajv carries along only what the code looks at is kept.
 */
export function folded(lines: readonly string[]): string[] {
  const plain = lines.filter((line) => !line.startsWith('/*# sourceURL='));
  return onlyUsedParts(withoutUnusedCounts(shortErrors(withoutAssignments(plain))));
}

/**
 * `validate1.evaluated = {…};` → a constant. A statement that changes a function is kept by every bundler, and the
 * function with it; a constant goes when nobody uses it. Recursive validators read it by other ways: then it stays.
 */
function withoutAssignments(lines: readonly string[]): string[] {
  const constants: string[] = [];
  const direct = /\bvalidate\d+\.evaluated\b/g;
  const reads = lines.filter((line) => line.includes('.evaluated'));
  if (reads.some((line) => line.replace(direct, '').includes('.evaluated'))) return [...lines];
  const rest = lines.filter((line) => {
    const assigned = line.startsWith('validate') ? /^validate(\d+)\.evaluated = (\{.*\});$/.exec(line) : null;
    if (assigned) constants.push(`const evaluatedBy${assigned[1]} = ${assigned[2]};`);
    return !assigned;
  });
  const read = /\bvalidate(\d+)\.evaluated\b/g;
  return [
    ...constants,
    ...rest.map((line) =>
      line.includes('.evaluated') ? replaceOutsideTexts(line, read, (_, n) => `evaluatedBy${n}`) : line,
    ),
  ];
}

/** `const err = {…}; if(vErrors === null){ vErrors = [err]; } else { vErrors.push(err); } errors++;` */
function shortErrors(lines: readonly string[]): string[] {
  const short: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    const error =
      lines[at + 1] === 'if(vErrors === null){' ? /^const (err\d+) = (\{.*\});$/.exec(line) : null;
    const name = error?.[1];
    const usual =
      name !== undefined &&
      lines[at + 2] === `vErrors = [${name}];` &&
      lines[at + 5] === `vErrors.push(${name});` &&
      lines[at + 7] === 'errors++;';
    if (usual) {
      short.push(`(vErrors ??= []).push(${error?.[2]});`, 'errors++;');
      at += 7;
    } else short.push(line);
  }
  return short;
}

/** `const _errs5 = errors;` that nobody looks at again. */
function withoutUnusedCounts(lines: readonly string[]): string[] {
  const uses = new Map<string, number>();
  for (const line of lines) {
    if (!line.includes('_errs')) continue;
    for (const [name] of line.matchAll(/\b_errs\d+\b/g)) uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  return lines.filter((line) => {
    if (!line.endsWith(' = errors;')) return true;
    const counted = /^(?:const|let|var) (_errs\d+) = errors;$/.exec(line);
    return !counted || uses.get(counted[1]!) !== 1;
  });
}

const SCHEMA = /^const (schema\d+) = (.*);$/;
/** A schema, and the way to a part of it: `schema3.properties`, `schema3.anyOf[0].enum`. */
const USE = /\b(schema\d+)((?:\.[A-Za-z_$][\w$]*|\[\d+\]|\["(?:[^"\\]|\\.)*"\])*)/g;

/** Whether a key is among the members of a part of a schema: `func4.call(schema3.properties, key0)`. */
const MEMBERS = /func\d+\.call\((schema\d+)((?:\.[A-Za-z_$][\w$]*|\[\d+\]|\["(?:[^"\\]|\\.)*"\])*), (\w+)\)/g;

function onlyUsedParts(lines: readonly string[]): string[] {
  const schemas = new Map<string, JsonValue>();
  const others = lines.filter((line) => {
    const declared = line.startsWith('const schema') ? SCHEMA.exec(line) : null;
    if (declared) schemas.set(declared[1]!, JSON.parse(declared[2]!) as JsonValue);
    return !declared;
  });
  const parts = new Map<string, string>();
  const declarations: string[] = [];
  const declare = (key: string, prefix: string, text: string): string => {
    const known = parts.get(key);
    if (known !== undefined) return known;
    const name = `${prefix}${parts.size}`;
    parts.set(key, name);
    declarations.push(`const ${name} = ${text};`);
    return name;
  };
  const rest = others.map((line) => {
    // Cheap questions first: most lines name no schema, though many speak of a "schemaPath".
    if (!/\bschema\d/.test(line)) return line;
    const names = line.replace(MEMBERS, (whole, schema: string, way: string, key: string) => {
      const value = schemas.has(schema) ? partAt(schemas.get(schema)!, way) : undefined;
      if (typeof value !== 'object' || value === null) return whole;
      const members = declare(`in ${schema}${way}`, 'members', `new Set(${code(Object.keys(value))})`);
      return `${members}.has(${key})`;
    });
    return replaceOutsideTexts(names, USE, (whole, schema, way) => {
      const value = schemas.has(schema!) ? partAt(schemas.get(schema!)!, way!) : undefined;
      return value === undefined ? whole : declare(`${schema}${way}`, 'part', code(value));
    });
  });
  return [...declarations, ...rest];
}

/** What stands in a text is no code, even where it looks like some. */
function replaceOutsideTexts(
  line: string,
  pattern: RegExp,
  replace: (whole: string, ...groups: string[]) => string,
): string {
  return line
    .split(/("(?:[^"\\]|\\.)*")/)
    .reduce<string[]>(joinIndexes, [])
    .map((piece) => (piece.startsWith('"') ? piece : piece.replace(pattern, replace)))
    .join('');
}

/** A text in brackets is an index and belongs to the code before it. */
function joinIndexes(pieces: string[], piece: string): string[] {
  const last = pieces.at(-1);
  const isIndex = piece.startsWith('"') && last !== undefined && /\bschema\d+[^\s(,]*\[$/.test(last);
  const isAfter =
    last !== undefined && /\bschema\d+[^\s(,]*\["(?:[^"\\]|\\.)*"$/.test(last) && piece.startsWith(']');
  if (isIndex || isAfter) pieces[pieces.length - 1] = last + piece;
  else pieces.push(piece);
  return pieces;
}

function partAt(schema: JsonValue, way: string): JsonValue | undefined {
  let value: JsonValue | undefined = schema;
  for (const [, name, index, text] of way.matchAll(
    /\.([A-Za-z_$][\w$]*)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]/g,
  )) {
    if (typeof value !== 'object' || value === null) return undefined;
    const key = name ?? index ?? (JSON.parse(`"${text}"`) as string);
    value = Object.hasOwn(value, key) ? (value as Readonly<Record<string, JsonValue>>)[key] : undefined;
  }
  return value;
}
