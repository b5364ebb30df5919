import { hasHole } from '../json/holes.ts';
import { nodeAt, textOf } from '../json/node.ts';
import { defaultBus } from '../model/bus.ts';
import type { Component } from '../model/component.ts';
import type { Route } from '../model/route.ts';
import type { Topology } from '../model/topology.ts';
import type { IncidentPlan } from './plan.ts';
import { ShellNames } from './shell.ts';

/** One step of the runbook: what to do and why, and the commands of the AWS CLI that do it. */
export interface RunbookStep {
  readonly title: string;
  readonly why: string;
  readonly commands: readonly string[];
}

/** `metric NAMESPACE NAME STATISTIC DIMENSION…`: by the minute, for the last hour. */
const METRIC = [
  'metric() { aws cloudwatch get-metric-statistics --namespace "$1" --metric-name "$2" --statistics "$3" --period 60 \\',
  `  --start-time "$(date -u -d '-1 hour' +%FT%TZ)" --end-time "$(date -u +%FT%TZ)" --dimensions "\${@:4}"; }`,
];

/** The steps from the first disabled rule to the last that is enabled again. Nothing is run by itself. */
export function runbook(plan: IncidentPlan, topology: Topology): readonly RunbookStep[] {
  if (plan.disabled.length === 0) return [];
  const names = new ShellNames();
  const rules = plan.disabled.map(({ route }) => ruleWords(route, names));
  const functions = componentsOf(plan, topology, 'function').map((each) =>
    physicalName(each, 'FunctionName', names),
  );
  const queues = componentsOf(plan, topology, 'queue').map((each) => physicalName(each, 'QueueName', names));
  const letters = deadLetters(plan, topology);
  const letterQueues = letters.map(({ arn, others }) => {
    const queue = topology.components.find(({ addresses }) => addresses.includes(arn));
    return {
      name: queue ? physicalName(queue, 'QueueName', names) : names.word(arn.split(':').at(-1)!, 'QUEUE'),
      others,
    };
  });
  const steps: RunbookStep[] = [
    {
      title: 'Disable',
      why: 'it takes a short time to take effect; what the rules would have delivered meanwhile is lost, unless an archive keeps it',
      commands: rules.map(({ on }) => `aws events disable-rule ${on}`),
    },
    {
      title: 'See that it stopped',
      why: 'matched events of each rule fall to none; what was delivered before may still be retried (EventBridge up to 24 hours, asynchronous Lambda up to 6)',
      commands: [
        ...rules.map(({ on }) => `aws events describe-rule ${on} --query State`),
        ...rules.map(({ dimensions }) => metric('AWS/Events', 'MatchedEvents', 'Sum', dimensions)),
      ],
    },
  ];
  if (functions.length > 0) {
    steps.push({
      title: 'Verify concurrency',
      why: 'what still runs shows here; if it does not fall, put-function-concurrency --reserved-concurrent-executions 0 stops the function for every caller',
      commands: functions.flatMap((name) => [
        `aws lambda get-function-concurrency --function-name ${name}`,
        metric('AWS/Lambda', 'ConcurrentExecutions', 'Maximum', `Name=FunctionName,Value=${name}`).replace(
          'Sum',
          'Maximum',
        ),
      ]),
    });
  }
  if (letterQueues.length > 0) {
    steps.push({
      title: 'Keep the dead letters, or purge them',
      why: 'sent back before the loop is mended they start it again; purging cannot be undone, and takes the letters of other rules too where the queue is shared',
      commands: letterQueues.flatMap(({ name, others }) => queueCommands(name, others)),
    });
  }
  if (queues.length > 0) {
    steps.push({
      title: 'Look at the queues on the way',
      why: 'their messages are read and published again as long as their readers run',
      commands: queues.flatMap((name) => queueCommands(name, [])),
    });
  }
  steps.push(
    {
      title: 'Mend, and deploy',
      why: 'a deployment that does not change the State of a rule leaves it disabled',
      commands: ['busproof fix', 'busproof check'],
    },
    {
      title: 'Enable again, one rule at a time, in this order',
      why: 'those on the fewest and slowest loops first; wait ten minutes after each, and disable it again if its matched events climb without new events from outside',
      commands: rules.flatMap(({ on, dimensions }) => [
        `aws events enable-rule ${on}`,
        metric('AWS/Events', 'MatchedEvents', 'Sum', dimensions),
      ]),
    },
    {
      title: 'Watch for a day',
      why: 'what failed is retried for up to 24 hours; invocations that fail or go to a dead-letter queue tell of what is still wrong',
      commands: rules.flatMap(({ dimensions }) =>
        ['Invocations', 'FailedInvocations', 'InvocationsSentToDlq'].map((name) =>
          metric('AWS/Events', name, 'Sum', dimensions),
        ),
      ),
    },
  );
  const stack = names.lines.some((line) => line.includes('"$STACK"'))
    ? ['STACK=  # the name of the stack']
    : [];
  return [
    {
      title: 'Define what the commands below use',
      why: 'names that the templates do not tell, and a word for metrics',
      commands: [...stack, ...names.lines, ...METRIC],
    },
    ...steps,
  ];
}

function ruleWords(route: Route, names: ShellNames): { readonly on: string; readonly dimensions: string } {
  const name = named(route.id, route.name, 'RULE', names);
  // A bus elsewhere is `account/region/name`.
  const place = route.from.kind === 'bus' ? route.from.bus : defaultBus;
  const [, region, elsewhere] = /^\d{12}\/([a-z0-9-]+)\/(.+)$/s.exec(place) ?? [];
  const bus = names.word(elsewhere ?? place, 'BUS');
  const inRegion = region === undefined ? '' : ` --region ${region}`;
  const onBus = place === defaultBus ? '' : ` Name=EventBusName,Value=${bus}`;
  return {
    on: `--name ${name} --event-bus-name ${bus}${inRegion}`,
    dimensions: `Name=RuleName,Value=${name}${onBus}${inRegion}`,
  };
}

/** A name as the template gives it; the logical id alone means that CloudFormation made one up. */
function named(id: string, name: string, kind: string, names: ShellNames): string {
  const logicalId = id.includes('#') ? id.slice(id.lastIndexOf('#') + 1) : undefined;
  return name === logicalId ? names.physical(name, kind) : names.word(name, kind);
}

function physicalName({ id, name, properties }: Component, property: string, names: ShellNames): string {
  const given = textOf(nodeAt(properties, property));
  const kind = property === 'QueueName' ? 'QUEUE' : 'FUNCTION';
  return given !== undefined && !hasHole(given) ? names.word(given, kind) : named(id, name, kind, names);
}

/** Components of a kind on the loops that are broken: what receives events there, and what they pass. */
function componentsOf({ loops }: IncidentPlan, topology: Topology, kind: Component['kind']): Component[] {
  const ids = loops.flatMap(({ hops }) =>
    hops.flatMap(({ delivery: { component, target, via } }) => [
      component?.id,
      target.to.kind === 'component' ? target.to.component : undefined,
      ...via.map(({ from }) => (from.kind === 'component' ? from.component : undefined)),
    ]),
  );
  const components = [...new Set(ids)].flatMap((id) =>
    id === undefined ? [] : (topology.componentById.get(id) ?? []),
  );
  return components.filter((component) => component.kind === kind).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The dead-letter queues of the rules on the loops, each with the rules elsewhere that use it too. */
function deadLetters(
  { loops }: IncidentPlan,
  { routes }: Topology,
): { readonly arn: string; readonly others: readonly string[] }[] {
  const looping = new Set(loops.flatMap(({ hops }) => hops.map(({ route }) => route.id)));
  const users = new Map<string, { inside: boolean; others: Set<string> }>();
  for (const { id, name, targets } of routes) {
    for (const { deadLetterArn } of targets) {
      if (deadLetterArn === undefined) continue;
      const entry = users.get(deadLetterArn) ?? { inside: false, others: new Set<string>() };
      users.set(deadLetterArn, entry);
      if (looping.has(id)) entry.inside = true;
      else entry.others.add(name);
    }
  }
  return [...users]
    .filter(([, { inside }]) => inside)
    .map(([arn, { others }]) => ({ arn, others: [...others].sort() }));
}

function queueCommands(name: string, others: readonly string[]): string[] {
  const url = `"$(aws sqs get-queue-url --queue-name ${name} --query QueueUrl --output text)"`;
  const shared =
    others.length === 0 ? '' : `; ${others.join(', ')} ${others.length === 1 ? 'uses' : 'use'} it too`;
  return [
    `aws sqs get-queue-attributes --queue-url ${url} --attribute-names ApproximateNumberOfMessages`,
    `# aws sqs purge-queue --queue-url ${url}  # only if they may be lost${shared}`,
  ];
}

function metric(namespace: string, name: string, statistic: string, dimensions: string): string {
  return `metric ${namespace} ${name} ${statistic} ${dimensions}`;
}
