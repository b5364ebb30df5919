import { hole } from '../../json/holes.ts';
import { defaultBus } from '../../model/bus.ts';
import type { ComponentId } from '../../model/component.ts';
import type { Emission } from '../../model/emission.ts';
import type { Route } from '../../model/route.ts';
import { mayTake as mayTakeText } from '../iam/glob.ts';
import type { Statement } from '../iam/statement.ts';
import type { Publisher } from '../publisher.ts';
import { defaultBusTakers, mayTake } from './default-bus.ts';

const detailType = 'AWS API Call via CloudTrail';

/** Services whose IAM actions have another prefix than the source of their events. */
const prefixes: Readonly<Record<string, string>> = {
  monitoring: 'cloudwatch',
  email: 'ses',
  tagging: 'tag',
};

/** Calls that only read: they do not match a rule unless its state asks for them. */
const reads = /^(?:Get|List|Describe|Head|BatchGet|Query|Scan|Lookup|Search|View)/;

/**
 * Calls of AWS APIs that a component's role allows by name, and that come back by way of CloudTrail to a rule that
 * asks for them. Only for components that an event leads to, and only where role and rule agree on the service. That
 * the call is made at all, and that a trail records it, is not known: such an emission is conditional.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export function trailEvents(
  publishers: readonly Publisher[],
  routes: readonly Route[],
  reached: ReadonlySet<ComponentId>,
): Emission[] {
  const asked = defaultBusTakers(routes).flatMap(asksFor);
  if (asked.length === 0) return [];
  const found = new Map<string, Emission>();
  for (const { resource, statements } of publishers) {
    if (!reached.has(resource.id)) continue;
    for (const { source, names } of asked) {
      for (const name of names) {
        const allowing = statements.find((statement) => allows(statement, source, name));
        if (!allowing) continue;
        const text = `its role allows ${actionOf(source, name ?? '*')}, which CloudTrail may tell`;
        found.set(`${resource.id} ${source} ${name}`, {
          component: resource.id,
          entry: false,
          event: { source, detailType },
          bus: defaultBus,
          count: 1,
          probability: 1,
          conditional: true,
          depth: { kind: 'absent' },
          stage: { kind: 'absent' },
          fields: {
            eventSource: { kind: 'set', value: `${source.slice('aws.'.length)}.amazonaws.com` },
            eventName: name === undefined ? { kind: 'any' } : { kind: 'set', value: name },
          },
          evidence: { kind: 'iam', text, span: allowing.span },
        });
      }
    }
  }
  return [...found.values()];
}

/** Sources and names of calls that a route asks for; undefined: any call of the service that changes something. */
function asksFor(route: Route): { source: string; names: readonly (string | undefined)[] }[] {
  if (route.filter.kind !== 'pattern') return [];
  return route.filter.pattern.alternatives.flatMap(({ conditions }) => {
    const literals = (path: string): string[] | undefined =>
      conditions
        .find((each) => each.path === path)
        ?.choices.flatMap((choice) =>
          choice.kind === 'string' || choice.kind === 'exactly' ? [choice.value] : [],
        );
    if (!literals('detail-type')?.includes(detailType)) return [];
    const services = literals('detail.eventSource')?.map(
      (text) => `aws.${text.replace(/\.amazonaws\.com$/, '')}`,
    );
    const sources = (literals('source') ?? services ?? []).filter((source) =>
      mayTake(route, { source, detailType }),
    );
    const names = literals('detail.eventName')?.filter((name) => !reads.test(name));
    return sources.map((source) => ({ source, names: names ?? [undefined] }));
  });
}

function actionOf(source: string, name: string): string {
  const service = source.replace(/^aws\./, '');
  // Lambda's calls carry the date of the API: UpdateFunctionCode20150331v2.
  return `${prefixes[service] ?? service}:${name.replace(/\d{8}(?:v\d+)?$/, '')}`;
}

/** Whether a statement names the service: one that allows everything would make a loop of every rule. */
function allows({ effect, actions }: Statement, source: string, name: string | undefined): boolean {
  if (effect !== 'Allow' || actions.not) return false;
  const wanted = actionOf(source, name ?? hole('some call')).toLowerCase();
  const service = wanted.slice(0, wanted.indexOf(':') + 1);
  return actions.values.some((value) => {
    const action = value.toLowerCase();
    if (!action.startsWith(service)) return false;
    if (name === undefined) return !reads.test(value.slice(service.length));
    return mayTakeText(action, wanted);
  });
}
