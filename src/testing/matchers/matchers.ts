import { analyzeLoops, type LoopAnalysis } from '../../graph/analyze.ts';
import { schemaOracle } from '../../graph/oracle.ts';
import { defaultSettings, type GraphSettings } from '../../graph/settings.ts';
import { loopWords } from '../../graph/words.ts';
import { isObject, type JsonValue } from '../../json/value.ts';
import type { Topology } from '../../model/topology.ts';
import { explainValue } from '../../pattern/explain.ts';
import { printExplanation } from '../../pattern/print-explanation.ts';
import { compiledOnce } from '../../schema/decide.ts';
import { judgeOf } from '../../schema/validator.ts';
import { evaluate } from '../../sets/evaluate.ts';
import { type PatternInput, patternOf } from '../arbitrary/pattern-arbitraries.ts';
import { type ContractOptions, contractFor, type EventSource } from '../contracts.ts';
import { whyRefused } from '../why-refused.ts';

/** What Vitest and Jest expect of a matcher. */
export interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

/**
 * Matchers for `expect.extend`: `toMatchEventPattern(pattern)`, `toBeValidEvent(eventType?, options?)` and
 * `toHaveNoEndlessLoop(settings?)`.
 */
export const busproofMatchers = {
  /** An event matches a pattern as EventBridge matches it; a failure explains every field. */
  toMatchEventPattern(event: unknown, pattern: PatternInput): MatcherResult {
    const { value, diagnostics } = explainValue(patternOf(pattern), event as JsonValue);
    if (!value) return { pass: false, message: () => diagnostics.map(({ message }) => message).join('\n') };
    return {
      pass: value.match,
      message: () =>
        `expected the event${value.match ? ' not' : ''} to match the pattern\n\n${printExplanation(value)}`,
    };
  },

  /** An event is valid under the schema of its type: the named one, or the one its own members name. */
  toBeValidEvent(event: unknown, type?: EventSource, options: ContractOptions = {}): MatcherResult {
    const problem = validityProblem(event, type, options);
    return {
      pass: problem === undefined,
      message: () => (problem === undefined ? 'expected the event not to be valid, and it is' : problem),
    };
  },

  /** No loop of a system goes round for ever; a failure names each that does, with the event that goes round. */
  toHaveNoEndlessLoop(topology: unknown, settings: Partial<GraphSettings> = {}): MatcherResult {
    const loops = endlessLoops(topology as Topology, { ...defaultSettings, ...settings });
    return {
      pass: loops.length === 0,
      message: () =>
        loops.length === 0
          ? 'expected an endless loop, and there is none'
          : `${loops.length} endless:\n\n${loops.join('\n\n')}`,
    };
  },
};

function validityProblem(
  event: unknown,
  type: EventSource | undefined,
  options: ContractOptions,
): string | undefined {
  if (!isObject(event)) return `expected an event, and it is ${JSON.stringify(event)}`;
  const own = `${event['source']}@${event['detail-type']}`;
  const contract = contractFor(type ?? own, options);
  const schema = compiledOnce(contract.schema);
  if (!schema) return `the schema of ${contract.id} is not a valid JSON Schema`;
  const judgement = judgeOf(schema)(event) ?? evaluate(schema.formula, event);
  if (judgement === true) return undefined;
  const shown = JSON.stringify(event, null, 2);
  return `expected a valid ${contract.id}: ${whyRefused(schema, event)}\n\n${shown}`;
}

/** Each endless loop in words, with the event that goes round. */
function endlessLoops(topology: Topology, settings: GraphSettings): string[] {
  return loopsOf(analyzeLoops(topology, settings, schemaOracle(settings))).map(({ hops, verdict }) => {
    const event = verdict.kind === 'endless' ? verdict.events()[0] : undefined;
    const shown = event === undefined ? '' : `\nthis event goes round: ${JSON.stringify(event, null, 2)}`;
    return `${loopWords(hops)}${shown}`;
  });
}

function loopsOf({ groups }: LoopAnalysis) {
  return groups.flatMap(({ loops }) => loops).filter(({ verdict }) => verdict.kind === 'endless');
}
