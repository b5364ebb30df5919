import { replaceOutsideTexts } from './outside-texts.ts';
import type { SchemaParts } from './parts.ts';

/**
 * Makes the code of a function short, and adds it to the lines of a module: an error is pushed in one statement instead
 * of eight lines, counts of errors that nobody looks at again are left out, and parts of schemas become constants.
 */
export function shortened(code: string, parts: SchemaParts, lines: string[]): void {
  const uses = usesOfCounts(code);
  const given = code.split('\n');
  for (let at = 0; at < given.length; at++) {
    const line = given[at]!;
    if (line === '' || line.startsWith('/*# sourceURL=')) continue;
    if (line.startsWith('const err') && given[at + 1] === 'if(vErrors === null){') {
      const error = errorAt(given, at);
      if (error !== undefined) {
        lines.push(parts.named(`(vErrors ??= []).push(${error});`), 'errors++;');
        at += 7;
        continue;
      }
    } else if (line.startsWith('const _errs') && line.endsWith(' = errors;')) {
      if (uses.get(line.slice('const '.length, -' = errors;'.length)) === 1) continue;
    }
    // Only members of an object that Ajv writes on several lines are indented.
    lines.push(parts.named(line.startsWith(' ') ? line.trim() : line));
  }
}

/** The object of `const err = {…}; if(vErrors === null){ vErrors = [err]; } else { vErrors.push(err); } errors++;` */
function errorAt(lines: readonly string[], at: number): string | undefined {
  const line = lines[at]!;
  const start = line.indexOf(' = {');
  const name = line.slice('const '.length, start);
  const usual =
    lines[at + 2] === `vErrors = [${name}];` &&
    lines[at + 5] === `vErrors.push(${name});` &&
    lines[at + 7] === 'errors++;';
  return usual ? line.slice(start + ' = '.length, -1) : undefined;
}

function usesOfCounts(code: string): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const [name] of code.matchAll(/\b_errs\d+\b/g)) uses.set(name, (uses.get(name) ?? 0) + 1);
  return uses;
}

/**
 * `validate1.evaluated = {…};` → a constant. A statement that changes a function is kept by every bundler, and the
 * function with it; a constant goes when nobody uses it. Recursive validators read it by other ways: then it stays.
 */
export function constantEvaluations(lines: readonly string[]): readonly string[] {
  const reads = lines.filter((line) => line.includes('.evaluated'));
  const direct = /\bvalidate\d+\.evaluated\b/g;
  if (reads.length === 0 || reads.some((line) => line.replace(direct, '').includes('.evaluated')))
    return lines;
  const constants: string[] = [];
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
