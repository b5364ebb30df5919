import { Collector, type Diagnostic, finding, type Outcome, outcome } from '../diagnostic/diagnostic.ts';
import { type Document, documentOf, type Span } from '../json/document.ts';
import { parseEmbeddedJson } from '../json/embedded.ts';
import { fillHoles } from '../json/holes.ts';
import type { Node } from '../json/node.ts';
import { parseJson } from '../json/parse-json.ts';
import type { JsonValue } from '../json/value.ts';
import { Expansion } from './expand.ts';
import { type FilterScope, limitFindings } from './limits.ts';
import { lints } from './lints/lints.ts';
import type { Dialect, Pattern } from './pattern.ts';
import { printJson } from './print-json.ts';
import { describeNode, Refusals } from './reading.ts';

export interface ParsePatternOptions {
  /** Where the pattern is used; `rule` (of a Classic bus) if not said. */
  readonly dialect?: Dialect | undefined;
  /** Of a subscriber's filter: which part of the event it looks at; DATA if not said. */
  readonly scope?: FilterScope | undefined;
  /** The service has taken the pattern already: limits and warnings are not looked at, which is faster. */
  readonly accepted?: boolean | undefined;
}

interface ReadOptions extends ParsePatternOptions {
  /** Characters of the pattern as the service gets it. */
  readonly length: () => number;
}

/**
 * Reads the JSON text of an event pattern. The text decides more than its value does: repeated keys, the order of
 * `$or` and other members, the digits of numbers; text after the closing brace is ignored, as the service does.
 *
 * The value is undefined if the service's matcher could not compile the pattern; every reason is a finding of the
 * code `pattern/invalid` (or `input/syntax`). Linear in the text, but for `$or`, whose combinations are listed.
 */
export function parsePattern(
  source: Document | string,
  options: ParsePatternOptions = {},
): Outcome<Pattern | undefined> {
  const document = typeof source === 'string' ? documentOf('pattern', source) : source;
  const collector = new Collector();
  const root = collector.take(parseJson(document, { allowTrailing: true }));
  if (!root) return outcome(undefined, collector.diagnostics);
  return readPattern(root, { ...options, length: () => document.text.trim().length });
}

/**
 * Reads a pattern from a tree that a loader read. A string node is taken as the JSON text of a pattern, as
 * CloudFormation and the APIs take it; holes in strings are ordinary text here.
 */
export function parsePatternNode(
  node: Node,
  options: ParsePatternOptions = {},
): Outcome<Pattern | undefined> {
  if (node.kind !== 'string') return readPattern(node, { ...options, length: () => printedLength(node) });
  const { value: root, diagnostics } = parseEmbeddedJson(node, { allowTrailing: true });
  if (!root) return outcome(undefined, diagnostics);
  return readPattern(root, { ...options, length: () => node.value.trim().length });
}

/** Reads a pattern held as a value. Repeated keys and the digits of numbers are lost before it comes here. */
export function parsePatternValue(
  value: JsonValue,
  options: ParsePatternOptions = {},
): Outcome<Pattern | undefined> {
  const text = printDeep(value);
  const root = text === undefined ? undefined : parseJson(documentOf('pattern', text)).value;
  if (root) return readPattern(root, { ...options, length: () => printedLength(root) });
  const params = { what: 'the nesting of the pattern', limit: '1000 levels' };
  return outcome(undefined, [finding('input/too-large', params)]);
}

function printDeep(value: JsonValue): string | undefined {
  try {
    return printJson(value, 2);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function readPattern(root: Node, options: ReadOptions): Outcome<Pattern | undefined> {
  if (root.kind === 'array' && options.dialect === 'subscriber') {
    const problem =
      'the service takes a list at the root of a DATA filter; what it matches is not documented';
    return outcome(undefined, [
      finding('pattern/invalid', { problem }, { span: root.span, severity: 'warning' }),
    ]);
  }
  if (root.kind !== 'object') {
    const problem = `a pattern is an object of fields, not ${describeNode(root)}`;
    const refusals = new Refusals(false);
    refusals.refuse(root.span, problem, 'Filter is not an object');
    return outcome(undefined, refusals.diagnostics(refusals.reason));
  }
  const refusals = new Refusals(false);
  const expansion = new Expansion(refusals);
  expansion.read(root);
  if (!refusals.any) return finish(root, expansion, options, []);
  const olderRefusals = new Refusals(true);
  const older = new Expansion(olderRefusals);
  older.read(root);
  if (olderRefusals.any) return outcome(undefined, refusals.diagnostics(olderRefusals.reason));
  return finish(root, older, options, [orAsField(root, refusals.problem)]);
}

/** The length of a tree once it is printed as JSON without spaces; holes count nothing. */
function printedLength(node: Node): number {
  switch (node.kind) {
    case 'object':
      return node.members.reduce(
        (sum, { key, value }) => sum + JSON.stringify(key).length + 2 + printedLength(value),
        1,
      );
    case 'array':
      return node.items.reduce((sum, item) => sum + 1 + printedLength(item), 1);
    case 'string':
      return JSON.stringify(fillHoles(node.value, () => '')).length;
    case 'number':
      return node.raw.length;
    case 'boolean':
      return node.value ? 4 : 5;
    case 'null':
      return 4;
  }
}

function finish(
  root: Node,
  expansion: Expansion,
  options: ReadOptions,
  noticed: readonly Diagnostic[],
): Outcome<Pattern | undefined> {
  const { overflow, lists: conditions, replaced } = expansion;
  if (overflow) {
    const tooMany = finding('pattern/too-many-combinations', { count: 'far too many' }, { span: overflow });
    return outcome(undefined, [...noticed, tooMany]);
  }
  const pattern: Pattern = { alternatives: expansion.alternatives(), span: root.span };
  const { dialect, scope, length, accepted } = options;
  if (accepted) return outcome(pattern);
  const place = { dialect: dialect ?? 'rule', ...(scope ? { scope } : {}) };
  const limits = limitFindings(pattern, conditions, length(), place);
  const warnings = lints.flatMap((lint) => lint({ conditions, replaced, dialect }));
  return outcome(pattern, [...noticed, ...limits, ...warnings]);
}

function orAsField(root: Node, problem: string): Diagnostic {
  return finding('pattern/or-as-field', { problem }, { span: firstOr(root) ?? root.span });
}

/** The place of the first key `$or`. */
function firstOr(node: Node): Span | undefined {
  if (node.kind !== 'object') return undefined;
  for (const { key, keySpan, value } of node.members) {
    const found = key === '$or' ? keySpan : firstOr(value);
    if (found) return found;
  }
  return undefined;
}
