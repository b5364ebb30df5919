import type { GraphSettings } from '../../graph/settings.ts';
import type { PatternInput } from '../arbitrary/pattern-arbitraries.ts';
import type { ContractOptions, EventSource } from '../contracts.ts';

/** The matchers as `expect(…)` has them. */
export interface BusproofMatchers<R = void> {
  /** The event matches the pattern as EventBridge matches it; a failure explains every field. */
  toMatchEventPattern(pattern: PatternInput): R;
  /** The event is valid under the schema of its type: the named one, or the one that its own members name. */
  toBeValidEvent(type?: EventSource, options?: ContractOptions): R;
  /** No loop of the topology goes round for ever. */
  toHaveNoEndlessLoop(settings?: Partial<GraphSettings>): R;
}
