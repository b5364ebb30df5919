import { describe, expect, it } from 'vitest';
import { documentOf, spanOf } from '../../src/json/document.ts';
import { nodeOf } from '../../src/json/node.ts';
import type { JsonValue } from '../../src/json/value.ts';
import type { Component } from '../../src/model/component.ts';
import type { Route } from '../../src/model/route.ts';
import { type Topology, topologyOf } from '../../src/model/topology.ts';
import { type SystemSketch, systemOf } from '../support/system.ts';
import { entry, play } from './play.ts';

const span = spanOf(documentOf('sketch', ''), 0, 0);
const properties = (value: JsonValue) => ({ properties: nodeOf(value, span) });

/** Adds components that are no functions, and what leads from one component to another. */
function withRoutes(
  topology: Topology,
  components: readonly Partial<Component>[],
  routes: readonly Partial<Route>[],
) {
  return topologyOf({
    ...topology,
    components: [
      ...components.map(
        (each) => ({ addresses: [], declared: true, kind: 'queue', ...each }) as unknown as Component,
      ),
      ...topology.components,
    ],
    routes: [...topology.routes, ...routes.map((each) => each as Route)],
  });
}

function leading(kind: Route['kind'], from: string, to: string, more: Partial<Route> = {}): Partial<Route> {
  return {
    id: `${from}>${to}`,
    name: `${from}>${to}`,
    kind,
    from: { kind: 'component', component: from },
    filter: { kind: 'everything' },
    state: 'enabled',
    targets: [
      { id: to, to: { kind: 'component', component: to }, arn: to, shaping: { kind: 'event' }, span },
    ],
    span,
    ...more,
  };
}

const loop: SystemSketch = {
  rules: { R: { pattern: { source: ['s'] }, to: ['F', 'G'] } },
  functions: { F: { publishes: ['s@A'] }, G: { publishes: ['s@B'] } },
};
const slow = { F: { duration: [2000, 2000] }, G: { duration: [2000, 2000] } } as const;

describe('a loop that doubles', () => {
  it('is 1,024 events after ten rounds of two seconds', () => {
    const { totals, rows } = play(systemOf(loop), {
      entries: [entry({ event: 's@A' })],
      components: slow,
      length: 20_001,
    });
    const perRound = rows.filter(({ events }) => events > 0).map(({ events }) => events);
    expect(perRound).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]);
    expect(totals.accepted).toBe(2047);
  });

  it('grows no faster than the concurrency lets it', () => {
    const { totals, rows } = play(systemOf(loop), {
      entries: [entry({ event: 's@A' })],
      components: slow,
      length: 60_000,
      limits: { accountConcurrency: 100 },
    });
    expect(Math.max(...rows.map(({ concurrency }) => concurrency))).toBe(100);
    // A hundred at a time, two seconds each.
    expect(Math.max(...rows.slice(1).map(({ invocations }) => invocations))).toBeLessThanOrEqual(100);
    expect(totals.throttles).toBeGreaterThan(0);
  });

  it('is ended by an alarm, at the end of its period', () => {
    const { totals, trips, stopped } = play(
      systemOf({ ...loop, functions: { ...loop.functions, F: { publishes: ['s@A'], callsModel: true } } }),
      {
        entries: [entry({ event: 's@A' })],
        components: { F: { ...slow.F, cost: 0.5 }, G: slow.G },
        length: 600_000,
        breakers: [
          { name: 'alarm', counts: 'model', threshold: 100, period: 20_000, delay: 500, disables: ['R'] },
        ],
      },
    );
    expect(stopped).toBe('quiet');
    expect(trips).toMatchObject([{ alarmed: 20_000, disabled: 20_500, counted: 1023 }]);
    expect(totals.cost).toBe(0.5 * (totals.components.get('F')?.invocations ?? 0));
    expect(totals.cost).toBeGreaterThanOrEqual(trips[0]!.cost);
  });

  it('stops where it is told to', () => {
    const { totals, stopped } = play(systemOf(loop), {
      entries: [entry({ event: 's@A' })],
      components: slow,
      stopAt: { events: 100 },
    });
    expect(stopped).toBe('events');
    expect(totals.accepted).toBe(100);
  });

  it('ends after its budget, however long it would go on', () => {
    const { stopped, happenings } = play(
      systemOf(loop),
      { entries: [entry({ event: 's@A' })], length: 1e12 },
      5000,
    );
    expect({ stopped, happenings }).toEqual({ stopped: 'budget', happenings: 5000 });
  });
});

describe('guards and fields', () => {
  const guarded: SystemSketch = {
    rules: { R: { pattern: { source: ['s'], detail: { processing_stage: ['raw'] } }, to: ['F'] } },
    functions: {
      F: {
        publishes: [{ event: 's@A', depth: { kind: 'increment' }, stage: { kind: 'copy' } }],
        rejectsAtDepth: { depth: 3 },
      },
    },
    schemas: {
      's@A': {
        type: 'object',
        properties: {
          _chain_depth: { type: 'integer', minimum: 0 },
          processing_stage: { enum: ['raw', 'processed'] },
        },
        required: ['_chain_depth', 'processing_stage'],
      },
    },
  };

  it('count the depth, and reject what is too deep', () => {
    const { totals, stopped } = play(systemOf(guarded), { entries: [entry({ event: 's@A' })] });
    expect(stopped).toBe('quiet');
    expect(totals.accepted).toBe(4);
    expect(totals.components.get('F')).toMatchObject({ invocations: 4, rejected: 1 });
  });

  it('let a rule see what was put into the event', () => {
    const { totals } = play(systemOf(guarded), {
      entries: [entry({ event: 's@A', detail: { processing_stage: 'processed' } })],
    });
    expect(totals.accepted).toBe(1);
    expect(totals.rules.size).toBe(0);
  });
});

describe('quotas', () => {
  const single: SystemSketch = {
    rules: { R: { pattern: { source: ['s'] }, to: ['F'] } },
    functions: { F: { publishes: [] } },
  };

  it('of PutEvents reject what is above them', () => {
    const { totals } = play(systemOf(single), {
      entries: [entry({ event: 's@A', count: 50 })],
      limits: { putEvents: 10 },
    });
    // One second's worth at once, and what the three tries of each of the others find.
    expect(totals.accepted + totals.lostEntries).toBe(50);
    expect(totals.accepted).toBeGreaterThanOrEqual(10);
    expect(totals.accepted).toBeLessThan(20);
  });

  it('of invocations delay, and lose nothing', () => {
    const { totals, rows } = play(systemOf(single), {
      entries: [entry({ event: 's@A', count: 50 })],
      limits: { invocations: 10 },
    });
    expect(totals.components.get('F')?.invocations).toBe(50);
    expect(totals.delayed).toBe(40);
    expect(rows.slice(0, 5).map(({ invocations }) => invocations)).toEqual([19, 10, 10, 10, 1]);
  });
});

describe('concurrency', () => {
  it('that is reserved is a limit, and nobody else has it', () => {
    const topology = systemOf({
      rules: { R: { pattern: { source: ['s'] }, to: ['F', 'G'] } },
      functions: {
        F: { publishes: [] },
        G: { publishes: [], ...properties({ ReservedConcurrentExecutions: 5 }) },
      },
    });
    const { totals } = play(topology, {
      entries: [entry({ event: 's@A', count: 100 })],
      components: { F: { duration: [1000, 1000] }, G: { duration: [1000, 1000] } },
      limits: { accountConcurrency: 20 },
      length: 3_600_000,
    });
    const [f, g] = ['F', 'G'].map((name) => totals.components.get(name));
    expect(g?.peakConcurrency).toBe(5);
    expect(f?.peakConcurrency).toBe(15);
    // Whatever was throttled was tried again until it was worked on.
    expect(f?.invocations).toBe(100);
    expect(g?.invocations).toBe(100);
  });
});

describe('queues', () => {
  const topology = withRoutes(
    systemOf({
      rules: { R: { pattern: { source: ['s'] }, to: ['Q'] } },
      functions: { F: { publishes: [{ event: 't@B' }] } },
    }),
    [
      {
        id: 'Q',
        name: 'Q',
        ...properties({
          VisibilityTimeout: 10,
          RedrivePolicy: { deadLetterTargetArn: 'dlq', maxReceiveCount: 3 },
        }),
      },
    ],
    [leading('event-source-mapping', 'Q', 'F', { polling: { batchSize: 10, maxConcurrency: 2 } })],
  );

  it('are read in batches, so many at a time', () => {
    const { totals } = play(topology, {
      entries: [entry({ event: 's@A', count: 100 })],
      components: { F: { duration: [1000, 1000] } },
    });
    // The first message comes alone; the others wait for readers and come by tens.
    expect(totals.components.get('F')).toMatchObject({ peakConcurrency: 2 });
    expect(totals.components.get('F')?.invocations).toBeLessThanOrEqual(12);
    expect(totals.events.get('t@B')).toBe(100);
    expect(totals.components.get('Q')?.peakQueue).toBeGreaterThanOrEqual(98);
  });

  it('give a message back that failed, and give it up in the end', () => {
    const { totals, end } = play(topology, {
      entries: [entry({ event: 's@A' })],
      components: { F: { duration: [1000, 1000], errorRate: 1 } },
    });
    expect(totals.components.get('F')).toMatchObject({ invocations: 3, failed: 3 });
    expect(totals.deadLetters).toBe(1);
    expect(end).toBe(3 * 11_000);
  });
});

describe('senders', () => {
  const topology = systemOf({
    rules: { R: { pattern: { source: ['s'] }, to: [] } },
    functions: {
      F: { publishes: [{ event: 's@A', entry: true }], ...properties({ ReservedConcurrentExecutions: 1 }) },
    },
  });

  it('send again what was throttled, after the pauses they know', () => {
    const { totals } = play(topology, {
      entries: [entry({ webhook: 'F', count: 3, retries: [5000, 5000], timeout: 10_000 })],
      components: { F: { duration: [1000, 1000] } },
    });
    // One of three at first, one of two after five seconds, then the last.
    expect(totals.requests).toEqual({ sent: 6, answered: 3, unanswered: 3, retries: 3, lost: 0 });
    expect(totals.events.get('s@A')).toBe(3);
  });

  it('send again what took too long, though it was done', () => {
    const { totals } = play(topology, {
      entries: [entry({ webhook: 'F', retries: [60_000], timeout: 2000 })],
      components: { F: { duration: [3000, 3000] } },
    });
    expect(totals.requests).toMatchObject({ sent: 2, answered: 0, lost: 1 });
    expect(totals.events.get('s@A')).toBe(2);
  });

  it('become messages in the queues that the receiver writes to', () => {
    const withQueue = withRoutes(
      systemOf({
        rules: { R: { pattern: { source: ['s'] }, to: [] } },
        functions: { F: { publishes: [] }, P: { publishes: [{ event: 's@A', entry: true, count: 10 }] } },
      }),
      [{ id: 'Q', name: 'Q' }],
      [leading('call', 'F', 'Q'), leading('event-source-mapping', 'Q', 'P', { polling: { batchSize: 1 } })],
    );
    const { totals } = play(withQueue, {
      entries: [entry({ webhook: 'F' })],
      components: { F: { sends: 500 } },
    });
    expect(totals.components.get('P')?.invocations).toBe(500);
    expect(totals.events.get('s@A')).toBe(5000);
  });
});

describe('buses', () => {
  it('take an event that a rule forwards, and do not forward it again', () => {
    const topology = systemOf({
      rules: {
        R: { pattern: { source: ['s'] }, to: ['bus:second'] },
        S: { pattern: { source: ['s'] }, to: ['bus:third', 'F'], from: { kind: 'bus', bus: 'second' } },
        T: { pattern: { source: ['s'] }, to: ['G'], from: { kind: 'bus', bus: 'third' } },
      },
      functions: { F: { publishes: [] }, G: { publishes: [] } },
    });
    const { totals } = play(topology, { entries: [entry({ event: 's@A' })] });
    expect(totals.accepted).toBe(1);
    expect(totals.components.get('F')?.invocations).toBe(1);
    expect(totals.components.get('G')).toBeUndefined();
  });
});

it('gives the same result for the same seed, and another for another', () => {
  const sketch: SystemSketch = {
    rules: { R: { pattern: { source: ['s'] }, to: ['F'] } },
    functions: { F: { publishes: [{ event: 't@B', probability: 0.5, count: 3 }] } },
  };
  const run = (seed: number) =>
    play(systemOf(sketch), { entries: [entry({ event: 's@A', rate: 20 })], seed, length: 60_000 }).rows;
  expect(run(1)).toEqual(run(1));
  expect(run(1)).not.toEqual(run(2));
});

it('says what it took for granted', () => {
  const topology = systemOf({
    rules: { R: { pattern: { source: ['s'] }, to: ['F'], state: 'unknown' } },
    functions: { F: { publishes: [{ event: 't@B', conditional: true }] } },
  });
  const { assumptions } = play(topology, { entries: [entry({ event: 's@A' })] });
  expect(assumptions).toEqual(['F publishes t@B every time', 'R is enabled']);
});

describe('what is published', () => {
  const chain: SystemSketch = {
    rules: { R: { pattern: { source: ['s'] }, to: ['F'] } },
    functions: { F: { publishes: [{ event: 's@A', depth: { kind: 'increment' } }] } },
    schemas: {
      's@A': { properties: { _chain_depth: { type: 'integer', maximum: 2 } }, required: ['_chain_depth'] },
    },
  };

  it('obeys the schema of its event type', () => {
    const { totals, stopped, assumptions } = play(systemOf(chain), { entries: [entry({ event: 's@A' })] });
    expect(totals.accepted).toBe(3);
    expect(stopped).toBe('quiet');
    expect(assumptions).toEqual(['F publishes no s@A that its schema refuses']);
  });

  it('is made from an example that the schema allows', () => {
    const topology = systemOf(chain);
    const examples = [{ _chain_depth: 'none' }, { _chain_depth: 0, title: 'Akira' }];
    const contracts = topology.contracts.map((contract) => ({ ...contract, examples }));
    const entries = [entry({ event: 's@A' })];
    expect(play(topologyOf({ ...topology, contracts }), { entries }).totals.accepted).toBe(3);
  });

  it('and forwarded to another bus is counted there once', () => {
    const forwarding: SystemSketch = {
      rules: {
        There: { pattern: { source: ['s'] }, to: ['bus:other'] },
        Back: { pattern: { source: ['s'] }, to: ['bus:bus'], from: { kind: 'bus', bus: 'other' } },
      },
      functions: {},
    };
    const { totals } = play(systemOf(forwarding), { entries: [entry({ event: 's@A' })] });
    expect([totals.accepted, totals.forwarded]).toEqual([1, 1]);
  });
});
