import { hasHole } from '../../json/holes.ts';
import type { Node } from '../../json/node.ts';
import type { JsonValue } from '../../json/value.ts';
import { envelopeProperties, envelopeRequired } from '../../model/envelope.ts';
import type { Filter } from '../../model/route.ts';
import { type CompiledPattern, compilePattern, NO_DOTS } from '../../pattern/compile.ts';
import { matchValue } from '../../pattern/match.ts';
import { parsePatternNode } from '../../pattern/parse.ts';
import type { Pattern } from '../../pattern/pattern.ts';
import { compiledOnce } from '../../schema/decide.ts';
import { makeReadable } from '../../schema/readable.ts';
import { memberOf } from '../../sets/ask.ts';
import { TRUE } from '../../sets/formula.ts';
import { and } from '../../sets/junction.ts';
import { not } from '../../sets/not.ts';

/** How two filters differ as sets of events. */
export type PatternDrift =
  | { readonly kind: 'same' }
  | {
      readonly kind: 'differs';
      /** An event that only the deployed rule takes. */
      readonly gained?: JsonValue;
      /** An event that only the declared rule takes. */
      readonly lost?: JsonValue;
    }
  | { readonly kind: 'undecided'; readonly reason: string };

/** The envelope that every event has: a difference outside of it is none. */
const anyEvent = {
  type: 'object',
  properties: { ...envelopeProperties, detail: { type: 'object' } },
  required: envelopeRequired,
};

/**
 * Compares two filters by what they take. However differently they are written: the same set is no difference; else
 * there is an event that one takes and the other does not, judged again by the matcher. Two questions of the set algebra.
 */
export function comparePatterns(
  declared: Filter,
  deployed: Filter,
  fill: (text: string) => string,
): PatternDrift {
  if (declared.kind === 'unknown') return { kind: 'undecided', reason: declared.why };
  if (deployed.kind === 'unknown') return { kind: 'undecided', reason: deployed.why };
  const [one, other] = [patternOf(declared, fill), patternOf(deployed, (text) => text)];
  if (one === undefined || other === undefined)
    return { kind: 'undecided', reason: 'it is not valid once its values are filled in' };
  // A rule that fires by schedule only takes no event at all.
  if (one === 'nothing' && other === 'nothing') return { kind: 'same' };
  const open = openValue(one);
  if (open) return { kind: 'undecided', reason: 'it holds a value that only the deployment knows' };
  const gained = difference(other, one);
  const lost = difference(one, other);
  if (gained === 'unknown' || lost === 'unknown')
    return { kind: 'undecided', reason: 'the question is too hard' };
  if (gained === 'none' && lost === 'none') return { kind: 'same' };
  return {
    kind: 'differs',
    ...(gained === 'none' ? {} : { gained: gained.witness }),
    ...(lost === 'none' ? {} : { lost: lost.witness }),
  };
}

type Taken = Pattern | 'nothing';

/** The pattern with what is known of the account filled in; undefined: it is not valid then. */
function patternOf(
  filter: Exclude<Filter, { kind: 'unknown' }>,
  fill: (text: string) => string,
): Taken | undefined {
  switch (filter.kind) {
    case 'nothing':
      return 'nothing';
    case 'everything':
      return {
        alternatives: [{ conditions: [] }],
        span: { document: { path: '', text: '' }, start: 0, end: 0 },
      };
    default:
      return parsePatternNode(filled(filter.node, fill), { dialect: 'rule' }).value;
  }
}

function filled(node: Node, fill: (text: string) => string): Node {
  switch (node.kind) {
    case 'string':
      return hasHole(node.value) ? { ...node, value: fill(node.value) } : node;
    case 'array':
      return { ...node, items: node.items.map((item) => filled(item, fill)) };
    case 'object':
      return {
        ...node,
        members: node.members.map((each) => ({ ...each, value: filled(each.value, fill) })),
      };
    default:
      return node;
  }
}

function openValue(pattern: Taken): boolean {
  return pattern !== 'nothing' && hasHole(JSON.stringify(pattern.alternatives, withoutSpans));
}

function withoutSpans(key: string, value: unknown): unknown {
  return key === 'span' || key === 'document' ? undefined : value;
}

/** An event that the first takes and the second does not. */
function difference(first: Taken, second: Taken): 'none' | 'unknown' | { readonly witness: JsonValue } {
  if (first === 'nothing') return 'none';
  const [a, b] = [compilePattern(first), second === 'nothing' ? undefined : compilePattern(second)];
  const schema = compiledOnce(anyEvent);
  let unknown = false;
  // Keys with dots make odd examples: those without are looked for first.
  for (const events of [plain, whole]) {
    const formula = and(schema?.formula ?? TRUE, events(a), b ? not(events(b)) : TRUE);
    const answer = memberOf(formula);
    if (answer.answer === 'unknown') unknown = true;
    if (answer.answer !== 'yes') continue;
    const witness = schema ? makeReadable(answer.witness, formula, schema) : answer.witness;
    if (matchValue(first, witness) && !(second !== 'nothing' && matchValue(second, witness)))
      return { witness };
    unknown = true;
  }
  return unknown ? 'unknown' : 'none';
}

const plain = (compiled: CompiledPattern) => compiled.with(NO_DOTS);
const whole = ({ formula }: CompiledPattern) => formula;
