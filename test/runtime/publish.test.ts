import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { moderationFlagged } from '../../generated/events/moderationFlagged.ts';
import { reviewSubmitted } from '../../generated/events/reviewSubmitted.ts';
import * as publish from '../../generated/publish.ts';
import {
  connect,
  defineContract,
  PublishError,
  publishAll,
  publisherOf,
  type Validator,
} from '../../src/runtime/index.ts';
import { approval, correlation_id, review, submitted } from './events.ts';
import { Loopback } from './loopback.ts';

const server = new Loopback();

beforeAll(async () => {
  await server.start();
  connect({ client: server.client(), bus: 'main', retry: { maxAttempts: 2, baseMilliseconds: 1 } });
});
afterAll(() => server.stop());
beforeEach(() => server.reset());

const sent = () => server.taken.map(({ entry }) => JSON.parse(entry.Detail ?? '') as Record<string, unknown>);
const { processing_stage, _chain_depth, correlation_id: _id, ...facts } = review;

describe('the start of a chain', () => {
  test('depth, stage and correlation id are filled in', async () => {
    const fate = await publish.reviewSubmitted(facts);
    expect(fate).toEqual({ status: 'published', eventId: 'id-0', attempts: 1 });
    expect(sent()[0]).toEqual({
      ...facts,
      _chain_depth: 0,
      processing_stage: 'raw',
      correlation_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  test('or taken as they are given', async () => {
    await publish.reviewSubmitted({
      ...facts,
      _chain_depth: 2,
      processing_stage: 'processed',
      correlation_id,
    });
    expect(sent()[0]).toMatchObject({ _chain_depth: 2, processing_stage: 'processed', correlation_id });
  });

  test.each([-1, 0.5, '0', 2 ** 53])('a depth of %j is not published', async (depth) => {
    const publishing = publish.reviewSubmitted({ ...facts, _chain_depth: depth as number });
    await expect(publishing).rejects.toThrow(PublishError);
    expect(server.requests).toEqual([]);
  });

  test('what follows from an event that came another way is one deeper', async () => {
    const cause = submitted({ _chain_depth: 1, processing_stage: 'processed' });
    await publish.reviewApproved(approval, { cause });
    expect(sent()[0]).toMatchObject({ _chain_depth: 2, processing_stage: 'processed', correlation_id });
  });
});

describe('refused before the call', () => {
  test('an invalid detail: path and value are named', async () => {
    const wrong = { ...facts, rating: 7, locale: 'de-DE' } as never;
    const error: PublishError = await publish.reviewSubmitted(wrong).catch((reason) => reason);
    expect(error).toBeInstanceOf(PublishError);
    expect(error.report.fates[0]).toMatchObject({
      status: 'refused',
      code: 'InvalidDetail',
      issues: [
        { path: '/rating', keyword: 'maximum', value: 7, message: 'detail/rating must be <= 5, but is 7' },
        { path: '/locale', keyword: 'enum', value: 'de-DE' },
      ],
    });
    expect(server.requests).toEqual([]);
  });

  test.each<[string, Record<string, unknown>, RegExp]>([
    ['a cycle', cyclic(), /cannot be written as JSON/],
    ['a bigint', { rating: 1n }, /cannot be written as JSON/],
    ['a number that JSON has not', { rating: Number.NaN }, /detail\/rating must be integer, but is null/],
  ])('%s', async (_name, wrong, message) => {
    await expect(publish.reviewSubmitted({ ...facts, ...wrong } as never)).rejects.toThrow(message);
  });

  test('what is validated is what is sent: dates become texts, members without a value go', async () => {
    const detail = { ...facts, title: undefined, submitted_at: new Date('2026-05-03T00:14:22Z') };
    await publish.reviewSubmitted(detail as never);
    expect(sent()[0]).toMatchObject({ submitted_at: '2026-05-03T00:14:22.000Z' });
    expect(sent()[0]).not.toHaveProperty('title');
  });

  test('one invalid event does not keep the others back', async () => {
    const report = await publish.reviewSubmitted.batch([facts, { ...facts, rating: 0 }, facts], {
      onFailure: 'report',
    });
    expect(report.fates.map(({ status }) => status)).toEqual(['published', 'refused', 'published']);
    expect(report).toMatchObject({ published: 2, unpublished: 1 });
  });

  test('a union names what is wrong with the branch that was meant', () => {
    const detail = {
      ...approval,
      processing_stage: 'raw',
      _chain_depth: 1,
      correlation_id,
      verdict: { kind: 'spoiler', markers: 'many' },
    };
    const { issues } = moderationFlagged['~standard'].validate(detail) as unknown as {
      issues: readonly { path: string[] }[];
    };
    const paths = issues.map(({ path }) => path.join('/'));
    expect(paths).toContain('verdict/markers');
    expect(paths).not.toContain('verdict/kind');
  });
});

describe('failures', () => {
  test('a batch that is not published as a whole throws, with the report', async () => {
    server.reset(() => ({ kind: 'results', codes: [undefined, 'MalformedDetail'] }));
    const publishing = publish.reviewSubmitted.batch([facts, facts, facts]);
    const error: PublishError = await publishing.catch((reason) => reason);
    expect(error.message).toBe('1 of 3 events not published: ReviewSubmitted (MalformedDetail: as told)');
  });

  test('events of several types go together', async () => {
    const report = await publishAll([
      publish.reviewSubmitted.event(facts),
      publish.reviewApproved.event(approval),
    ]);
    expect(report.published).toBe(2);
    expect(server.requests.map((request) => request.map(({ DetailType }) => DetailType))).toEqual([
      ['ReviewSubmitted', 'ReviewApproved'],
    ]);
  });

  test('no client, no bus: said at once', async () => {
    connect({ bus: '' });
    await expect(publish.reviewSubmitted(facts)).rejects.toThrow(
      /no bus for mangaassist.reviews@ReviewSubmitted/,
    );
    connect({ bus: 'main' });
  });
});

test('time, resources and trace header are passed on', async () => {
  vi.stubEnv('_X_AMZN_TRACE_ID', 'Root=1-5759e988-bd862e3fe1be46a994272793');
  const time = new Date('2026-05-03T00:00:00Z');
  await publish.reviewSubmitted(facts, { time, resources: ['arn:aws:s3:::reviews'] });
  await publish.reviewSubmitted(facts, { traceHeader: 'Root=mine' });
  vi.unstubAllEnvs();
  expect(server.requests.flat()).toMatchObject([
    {
      Time: time.getTime() / 1000,
      Resources: ['arn:aws:s3:::reviews'],
      TraceHeader: 'Root=1-5759e988-bd862e3fe1be46a994272793',
    },
    { TraceHeader: 'Root=mine' },
  ]);
});

describe('buses', () => {
  const validator: Validator = () => true;
  const contract = (source: string, bus?: string) =>
    publisherOf(
      defineContract<string, string, { readonly a: number }, never>({
        source,
        detailType: 'Happened',
        fields: { causation: 'causation_id' },
        validator,
        ...(bus === undefined ? {} : { bus }),
      }),
    );
  const bus = () => server.requests.flat().map(({ EventBusName }) => EventBusName);

  test("a contract's own bus comes before the connection's", async () => {
    await contract('a', 'payments')({ a: 1 });
    expect(bus()).toEqual(['payments']);
  });

  test('a map leads from the bus of the contract to that of the deployment', async () => {
    await contract('a', 'payments')({ a: 1 }, { bus: { payments: 'payments-prod' } });
    expect(bus()).toEqual(['payments-prod']);
  });

  test('the id of the cause is carried where the schema has room for it', async () => {
    const cause = submitted();
    await contract('a')({ a: 1 }, { cause });
    expect(sent()[0]).toEqual({ a: 1, causation_id: cause.id });
  });

  test("AWS's own sources are refused", async () => {
    await expect(contract('aws.s3')({ a: 1 })).rejects.toThrow(/ReservedSource/);
  });
});

test('a contract is a Standard Schema', () => {
  const { validate, vendor, version } = reviewSubmitted['~standard'];
  expect([vendor, version]).toEqual(['busproof', 1]);
  expect(validate(review)).toEqual({ value: review });
  expect(validate({ ...review, rating: 9 })).toEqual({
    issues: [{ message: 'detail/rating must be <= 5, but is 9', path: ['rating'] }],
  });
});

function cyclic(): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  value['self'] = value;
  return value;
}
