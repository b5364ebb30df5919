import { describe, expect, it } from 'vitest';
import { amplifications } from '../../src/graph/amplification.ts';
import { analyzeLoops } from '../../src/graph/analyze.ts';
import { schemaOracle } from '../../src/graph/oracle.ts';
import { defaultSettings } from '../../src/graph/settings.ts';
import { documentOf } from '../../src/json/document.ts';
import { loadTemplates } from '../../src/load/index.ts';
import type { Component } from '../../src/model/component.ts';
import { printEventType } from '../../src/model/event-type.ts';
import { type Topology, topologyOf } from '../../src/model/topology.ts';
import { type SystemSketch, systemOf } from '../support/system.ts';

/** Events of one type with retries, in a system. */
function retried(topology: Topology, type: string) {
  const analysis = analyzeLoops(topology, defaultSettings, schemaOracle(defaultSettings));
  return amplifications(analysis).find(({ node }) => printEventType(node.type!) === type)!.retried;
}

const chain: SystemSketch = {
  rules: { R: { pattern: { 'detail-type': ['A'] }, to: ['F'] } },
  functions: { F: { publishes: [{ event: 's@B', count: 2 }] } },
  schemas: { 's@A': { type: 'object' } },
};

describe('events in the worst case with retries', () => {
  it('count three runs of a function, and 186 deliveries of each', () => {
    expect(retried(systemOf(chain), 's@A')).toEqual({ runs: 1 + 3 * 2, all: 1 + 186 * 3 * 2 });
  });

  it('are what the policy of the rule says', () => {
    const topology = systemOf(chain);
    const routes = topology.routes.map((route) => ({
      ...route,
      targets: route.targets.map((target) => ({ ...target, retry: { maxAttempts: 4 } })),
    }));
    expect(retried(topologyOf({ ...topology, routes }), 's@A')).toEqual({ runs: 7, all: 1 + 5 * 3 * 2 });
  });

  it.each([
    ['a function that is not run again', 1, 1 + 2],
    ['a function that somebody says is run eight times', 8, 1 + 8 * 2],
  ])('of %s', (_name, attempts, runs) => {
    const F = { ...chain.functions['F']!, attempts };
    expect(retried(systemOf({ ...chain, functions: { F } }), 's@A').runs).toBe(runs);
  });

  it('multiply from hop to hop, and with what the sender sends again', () => {
    const topology = systemOf({
      rules: {
        R: { pattern: { 'detail-type': ['A'] }, to: ['F'] },
        S: { pattern: { 'detail-type': ['B'] }, to: ['G'] },
      },
      functions: {
        Webhook: { publishes: [{ event: 's@A', entry: true, attempts: 5 }] },
        F: { publishes: ['s@B'] },
        G: { publishes: ['s@C'], attempts: 2 },
      },
    });
    expect(retried(topology, 's@A').runs).toBe(5 * (1 + 3 * (1 + 2)));
    expect(retried(topology, 's@B').runs).toBe(1 + 2);
  });

  it('of a bounded loop stand beside its bound', () => {
    const topology = systemOf({
      rules: { R: { pattern: { source: ['a'] }, to: ['F'] } },
      functions: {
        F: { publishes: [{ event: 'a@X', depth: { kind: 'increment' } }], rejectsAtDepth: { depth: 3 } },
      },
    });
    const { groups } = analyzeLoops(topology, defaultSettings, schemaOracle(defaultSettings));
    const all = 558 + 558 ** 2 + 558 ** 3;
    expect(groups[0]!.loops[0]!.verdict).toMatchObject({
      kind: 'bounded',
      bound: { events: 3, retried: { runs: 3 + 9 + 27, all } },
    });
  });
});

/** A component of a template by its logical id. */
function component(resources: Record<string, unknown>, name: string): Component {
  const { value } = loadTemplates([documentOf('t.json', JSON.stringify({ Resources: resources }))]);
  return value.components.find((each) => each.name === name)!;
}

describe('how often something is given one event', () => {
  const F = { Type: 'AWS::Lambda::Function', Properties: {} };

  it('is read from the configuration of asynchronous invocations', () => {
    const Config = {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: { FunctionName: { Ref: 'F' }, Qualifier: '$LATEST', MaximumRetryAttempts: 0 },
    };
    expect(component({ F, Config }, 'F').attempts).toBe(1);
    expect(component({ F }, 'F').attempts).toBeUndefined();
  });

  it('is read from a SAM function', () => {
    const S = {
      Type: 'AWS::Serverless::Function',
      Properties: { EventInvokeConfig: { MaximumRetryAttempts: 1 } },
    };
    expect(component({ S }, 'S').attempts).toBe(2);
  });

  it.each([
    [
      'a redrive policy',
      { RedrivePolicy: { deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:111122223333:d', maxReceiveCount: 5 } },
      5,
    ],
    ['how long messages are kept', { MessageRetentionPeriod: 600, VisibilityTimeout: 60 }, 10],
    ['the defaults of a queue', {}, 11_520],
  ])('is, for a queue, %s', (_name, Properties, attempts) => {
    expect(component({ Q: { Type: 'AWS::SQS::Queue', Properties } }, 'Q').attempts).toBe(attempts);
  });
});
