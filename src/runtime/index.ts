export type { CatalogEntry, JsonSchema } from './catalog.ts';
export { DEFAULT_MAX_CHAIN_DEPTH, type Link } from './chain.ts';
export { type Connection, connect } from './connection.ts';
export {
  type Consumer,
  type ConsumerContext,
  type ConsumerFactory,
  type ConsumerOptions,
  consumerOf,
  type FollowingPublishers,
  type Handler,
  type LambdaHandler,
  type Publications,
} from './consume.ts';
export type {
  AnyContract,
  ChainFields,
  DetailOf,
  EventContract,
  Following,
  Starting,
  Validator,
  ValidatorError,
} from './contract.ts';
export { defineContract } from './define.ts';
export type { Entry } from './entry.ts';
export { type EventEnvelope, envelopeProblem } from './envelope.ts';
export {
  type Failed,
  type Fate,
  PublishError,
  type Published,
  type Refused,
  type Report,
} from './fate.ts';
export {
  characters,
  equalJson,
  isByte,
  isDate,
  isDateTime,
  isInt32,
  isInt64,
  isIsoDateTime,
  isIsoTime,
  isRegex,
  isTime,
} from './formats.ts';
export type { Hooks, Log } from './hooks.ts';
export { type ConsumerMiddleware, consumerMiddleware, type WithConsumer } from './middleware.ts';
export type { EventOptions, Outgoing } from './outgoing.ts';
export { type EventPatternInput, type EventPatternJson, type PatternFactory, patternOf } from './pattern.ts';
export {
  type Publisher,
  type PublishOptions,
  publishAll,
  publisherOf,
  type SendingOptions,
} from './publish.ts';
export { type EventBridgeSender, putEvents, type SendOptions } from './put-events.ts';
export { type Guards, type Received, receive } from './receive.ts';
export { EventRejectedError, type Rejection } from './rejection.ts';
export type { RetryPolicy } from './retry.ts';
export { entrySize, type FieldSize, largestFields, MAX_BYTES, MAX_ENTRIES } from './size.ts';
export type { StandardSchemaV1 } from './standard-schema.ts';
export { type Issue, issuesOf } from './validation.ts';
