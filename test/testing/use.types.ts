/**
 * What must compile, and what must not. Nothing here runs: the compiler is the test, since a line that is expected not
 * to compile, and does, is an error.
 */

import type * as fc from 'fast-check';
import { expect } from 'vitest';
import * as moderation from '../../generated/components/moderationFunction.ts';
import { reviewSubmitted } from '../../generated/events/reviewSubmitted.ts';
import type { ReviewSubmitted } from '../../generated/types.ts';
import {
  eventArbitrary,
  invalidEventArbitrary,
  loadTopology,
  localBus,
  matchingEventArbitrary,
  nearMissArbitrary,
  testConsumer,
  testPublisher,
} from '../../src/io/testing.ts';
import '../../src/io/testing-vitest.ts';

type ValueOf<A> = A extends fc.Arbitrary<infer T> ? T : never;

const typed = eventArbitrary(reviewSubmitted);
export const detail: ReviewSubmitted = {} as ValueOf<typeof typed>['detail'];
export const source: 'mangaassist.reviews' = {} as unknown as ValueOf<typeof typed>['source'];
// @ts-expect-error a review has no amount
export const amount = ({} as ValueOf<typeof typed>).detail.amount;

const named = eventArbitrary('ReviewSubmitted@mangaassist.reviews');
// What only has a name has members of whatever kind.
export const unknownMember: unknown = ({} as ValueOf<typeof named>).detail['rating'];
// @ts-expect-error and they are not known to be numbers
export const number: number = ({} as ValueOf<typeof named>).detail['rating'];

const matching = matchingEventArbitrary({ source: ['a'] }, reviewSubmitted);
export const rating: number = ({} as ValueOf<typeof matching>).detail.rating;
const missed = nearMissArbitrary('{"source":["a"]}');
export const path: string = ({} as ValueOf<typeof missed>).missed.path;
const broken = invalidEventArbitrary(reviewSubmitted, { only: ({ keyword }) => keyword === 'maximum' });
export const keyword: string = ({} as ValueOf<typeof broken>).broken.keyword;

export async function handlers(): Promise<void> {
  const handler = async (event: { detail: ReviewSubmitted }) => event.detail.rating;
  await testConsumer(handler, reviewSubmitted, { skip: { invalidEvents: 'publishers validate' } });
  await testConsumer(handler, moderation.reviewSubmitted);
  await testConsumer(handler, ['a@X', reviewSubmitted], { repeat: 'safe', aws: { SendMessage: {} } });
  // @ts-expect-error no check is called so
  await testConsumer(handler, reviewSubmitted, { skip: { invalid: 'typo' } });
  // @ts-expect-error a handler is a function
  await testConsumer({}, reviewSubmitted);
  const { repeat } = await testConsumer(handler, reviewSubmitted);
  const safe: boolean | undefined = repeat?.safe;
  await testPublisher(async (given: ReviewSubmitted) => given.rating, reviewSubmitted);
  void safe;
}

export async function wholeSystem(): Promise<void> {
  const topology = await loadTopology('template.yaml');
  const bus = localBus(topology, { handlers: { F: async (event: { detail: object }) => event.detail } });
  bus.publish({ source: 'a', detailType: 'X', detail: {} });
  bus.publish({ source: 'a', 'detail-type': 'X', detail: {}, bus: 'main' });
  // @ts-expect-error an event has a detail
  bus.publish({ source: 'a', detailType: 'X' });
  expect(topology).toHaveNoEndlessLoop();
  expect(bus.events()[0]?.event).toMatchEventPattern({ source: ['a'] });
  expect(bus.events()[0]?.event).toBeValidEvent('a@X');
  // @ts-expect-error a pattern is text or an object
  expect({}).toMatchEventPattern(3);
}
