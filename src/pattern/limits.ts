import { type Diagnostic, finding } from '../diagnostic/diagnostic.ts';
import type { Span } from '../json/document.ts';
import { MAX_COMPLEXITY, mayBeComplex, type Wildcard, wildcardComplexity } from './complexity.ts';
import type { Choice, Condition, Dialect, Pattern } from './pattern.ts';

/** Which part of an event a filter of a V2 subscriber looks at. */
export type FilterScope = 'DATA' | 'METADATA' | 'SYSTEM_METADATA';

/** Where a pattern is used, as far as it decides what is allowed. */
export interface Place {
  readonly dialect: Dialect;
  /** Subscribers only; DATA if not said. */
  readonly scope?: FilterScope;
}

/** More combinations of `$or` are refused. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-pattern-operators.html */
const MAX_COMBINATIONS = 1000;

/** The API's own maximum, for every place. */
const MAX_LENGTH = 4096;
/** The quota a rule starts with; it can be raised. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const DEFAULT_RULE_LENGTH = 2048;

/** What the service refuses although its matcher could compile it. */
export function limitFindings(
  pattern: Pattern,
  conditions: readonly Condition[],
  length: number,
  place: Place,
): Diagnostic[] {
  return [
    ...lengthFindings(pattern.span, length, place),
    ...combinationFindings(pattern, place),
    ...conditions.flatMap(complexityFindings),
    ...conditions.flatMap((condition) => operatorFindings(condition, place)),
  ];
}

function lengthFindings(span: Span, length: number, { dialect }: Place): Diagnostic[] {
  if (length > MAX_LENGTH) {
    return [
      finding(
        'pattern/too-long',
        { length, limit: MAX_LENGTH, quota: 'the service takes at most' },
        { span },
      ),
    ];
  }
  if (dialect !== 'rule' || length <= DEFAULT_RULE_LENGTH) return [];
  const quota = 'the quota, which can be raised, is';
  const params = { length, limit: DEFAULT_RULE_LENGTH, quota };
  return [finding('pattern/too-long', params, { span, severity: 'warning' })];
}

function combinationFindings({ alternatives, span }: Pattern, { dialect, scope }: Place): Diagnostic[] {
  const count = alternatives.length;
  if (count > MAX_COMBINATIONS) return [finding('pattern/too-many-combinations', { count }, { span })];
  if (dialect !== 'subscriber' || scope !== 'METADATA' || count === 1) return [];
  return [
    finding(
      'pattern/unsupported-operator',
      { operator: '"$or"', place: placeName({ dialect, scope }) },
      { span },
    ),
  ];
}

function complexityFindings({ path, choices, keySpan }: Condition): Diagnostic[] {
  const wildcards = eachOnce(choices).flatMap(wildcardsOf);
  if (!mayBeComplex(wildcards)) return [];
  const complexity = wildcardComplexity(wildcards);
  if (complexity <= MAX_COMPLEXITY) return [];
  const notes = [
    'EventBridge answers: Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character',
  ];
  return [finding('pattern/wildcard-complexity', { path, complexity }, { span: keySpan, notes })];
}

/** Without wildcards that are written again: they count once. */
function eachOnce(choices: readonly Choice[]): readonly Choice[] {
  const texts = new Set<string>();
  return choices.filter((choice) => {
    if (choice.kind !== 'wildcard') return choice.kind === 'anything-but';
    return !texts.has(choice.value) && texts.add(choice.value);
  });
}

function wildcardsOf(choice: Choice, index: number): Wildcard[] {
  if (choice.kind === 'wildcard') return [{ choice: index, parts: choice.parts }];
  if (choice.kind !== 'anything-but' || choice.of.kind !== 'wildcard') return [];
  return choice.of.values.map(({ parts }) => ({ choice: index, parts }));
}

function operatorFindings({ choices }: Condition, place: Place): Diagnostic[] {
  return choices.flatMap((choice) => {
    if (isAllowed(choice, place)) return [];
    const params = { operator: operatorName(choice), place: placeName(place) };
    return [finding('pattern/unsupported-operator', params, { span: choice.span })];
  });
}

/**
 * Pipes know no wildcard and only the plain form of anything-but; subscribers no wildcard in either form, and in
 * the METADATA scope only plain values.
 */
function isAllowed(choice: Choice, { dialect, scope }: Place): boolean {
  if (dialect === 'rule') return true;
  const inner = choice.kind === 'anything-but' ? choice.of.kind : undefined;
  if (choice.kind === 'wildcard' || inner === 'wildcard') return false;
  if (dialect === 'pipe') return inner === undefined || inner === 'strings' || inner === 'numbers';
  return scope !== 'METADATA' || ['string', 'number', 'literal'].includes(choice.kind);
}

function operatorName({ kind, ...choice }: Choice): string {
  if (kind !== 'anything-but') return `"${kind}"`;
  const inner = (choice as { of: { kind: string } }).of.kind;
  return inner === 'strings' || inner === 'numbers' ? '"anything-but"' : `"anything-but" with "${inner}"`;
}

function placeName({ dialect, scope }: Place): string {
  if (dialect === 'pipe') return 'the filter of a pipe';
  return scope ? `a subscriber's filter of the scope ${scope}` : "a subscriber's filter";
}
