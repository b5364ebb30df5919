/** What `busproof/testing` offers but for reading files: see `io/testing.ts`. */

export type { Contract } from '../model/contract.ts';
export type { Topology } from '../model/topology.ts';
export {
  type EventArbitraryOptions,
  type EventOfSource,
  eventArbitrary,
} from './arbitrary/event-arbitrary.ts';
export {
  type BrokenConstraint,
  type InvalidEvent,
  type InvalidEventOptions,
  invalidEventArbitrary,
} from './arbitrary/invalid-arbitrary.ts';
export {
  type AnyEvent,
  type MissedCondition,
  matchingEventArbitrary,
  type NearMiss,
  nearMissArbitrary,
  type PatternInput,
} from './arbitrary/pattern-arbitraries.ts';
export { type SchemaArbitraryOptions, schemaArbitrary } from './arbitrary/schema-arbitrary.ts';
export { UnsupportedArbitraryError } from './arbitrary/unsupported.ts';
export { type AwsAnswers, UnansweredCallError } from './aws/answers.ts';
export { type Answer, type AwsCall, withAnswers } from './aws/interception.ts';
export {
  LocalBus,
  type LocalBusOptions,
  localBus,
  type PublishInput,
  type ReplayOptions,
  type SettleOptions,
} from './bus/local-bus.ts';
export type { BusHandler } from './bus/plant.ts';
export {
  type BusEvent,
  type Delivery,
  EndlessEventsError,
  type Message,
  type Settled,
} from './bus/records.ts';
export {
  type ContractOptions,
  contractOf,
  type EventSchema,
  type EventSource,
  type NamedContract,
} from './contracts.ts';
export type { CheckResult, RunOptions } from './handler/checks.ts';
export { type ConsumerReport, testConsumer } from './handler/consumer.ts';
export type {
  ConsumerCheckName,
  ConsumerHandler,
  ConsumerTestOptions,
  GeneratedConsumer,
} from './handler/consumer-options.ts';
export { HandlerCheckError, printResults } from './handler/failure.ts';
export type { FieldNames } from './handler/published.ts';
export { type PublisherCheckName, type PublisherTestOptions, testPublisher } from './handler/publisher.ts';
export type { RepeatReport } from './handler/repeat.ts';
export { busproofMatchers, type MatcherResult } from './matchers/matchers.ts';
export { type InvariantOptions, testTopology, topologyProperties } from './topology/invariants.ts';
export {
  type FunctionSketch,
  type PublicationSketch,
  type SystemSketch,
  topologyFromSketch,
} from './topology/sketch.ts';
export {
  systemSketchArbitrary,
  type TopologyArbitraryOptions,
  topologyArbitrary,
} from './topology/topology-arbitrary.ts';
