import { nodeAt, textOf } from '../json/node.ts';
import type { Component } from '../model/component.ts';
import type { TemplateResource } from '../model/template-resource.ts';
import type { Topology } from '../model/topology.ts';
import type { Breaker } from './scenario.ts';

export interface TemplateAlarms {
  readonly breakers: readonly Breaker[];
  /** Alarms that would disable rules and count something that is not simulated. */
  readonly unread: readonly string[];
}

/** What a breaker takes from the alarm to its rules: SNS, a function, a call. */
const DELAY = 5_000;

/**
 * The circuit breakers that templates declare: an alarm whose action is a topic to which a component subscribes that is
 * declared to disable rules. Counted can be Bedrock's and Lambda's invocations.
 */
export function templateAlarms(resources: readonly TemplateResource[], topology: Topology): TemplateAlarms {
  const breakers: Breaker[] = [];
  const unread: string[] = [];
  for (const { type, logicalId, attributes } of resources) {
    if (type !== 'AWS::CloudWatch::Alarm') continue;
    const properties = nodeAt(attributes, 'Properties');
    const actions = nodeAt(properties, 'AlarmActions');
    const texts = actions?.kind === 'array' ? actions.items.flatMap((item) => textOf(item) ?? []) : [];
    const disables = texts.flatMap((text) => disabledBy(text, topology));
    if (disables.length === 0) continue;
    const counts = countedBy(properties, topology);
    const [threshold, period, periods = 1] = ['Threshold', 'Period', 'EvaluationPeriods'].map((key) =>
      numberOf(nodeAt(properties, key)),
    );
    if (counts === undefined || threshold === undefined || period === undefined || periods !== 1) {
      unread.push(logicalId);
      continue;
    }
    breakers.push({
      name: textOf(nodeAt(properties, 'AlarmName')) ?? logicalId,
      counts,
      threshold,
      period: period * 1000,
      delay: DELAY,
      disables: [...new Set(disables)],
    });
  }
  return { breakers, unread };
}

/** The rules that whoever subscribes to a topic disables. */
function disabledBy(address: string, topology: Topology): readonly string[] {
  const topic = addressed(address, topology);
  const routes = topic ? (topology.routesFromComponent.get(topic.id) ?? []) : [];
  return routes
    .flatMap(({ targets }) => targets)
    .flatMap(({ to }) =>
      to.kind === 'component' ? (topology.componentById.get(to.component)?.disables ?? []) : [],
    );
}

function addressed(address: string, topology: Topology): Component | undefined {
  return topology.components.find(({ addresses }) => addresses.includes(address));
}

function countedBy(
  properties: Parameters<typeof nodeAt>[0],
  topology: Topology,
): Breaker['counts'] | undefined {
  if (textOf(nodeAt(properties, 'MetricName')) !== 'Invocations') return undefined;
  const namespace = textOf(nodeAt(properties, 'Namespace'));
  if (namespace === 'AWS/Bedrock') return 'model';
  if (namespace !== 'AWS/Lambda') return undefined;
  const name = textOf(nodeAt(properties, 'Dimensions', 0, 'Value'));
  const component = name === undefined ? undefined : addressed(name, topology)?.name;
  return component === undefined ? undefined : { component };
}

function numberOf(node: Parameters<typeof nodeAt>[0]): number | undefined {
  const value = node?.kind === 'number' ? node.value : Number(textOf(node) ?? Number.NaN);
  return Number.isFinite(value) ? value : undefined;
}
