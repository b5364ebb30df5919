import { hole, printHoles } from '../../json/holes.ts';
import { nodeAt } from '../../json/node.ts';
import { parseArn } from '../../load/cloudformation/arn.ts';
import { scalarText } from '../../load/cloudformation/values.ts';
import type { Emission } from '../../model/emission.ts';
import type { EventType } from '../../model/event-type.ts';
import type { Route, Target } from '../../model/route.ts';

/** What routes that end at a bus put on it by themselves: pipes, schedules and destinations of invocations. */
export function forwarded(routes: readonly Route[]): Emission[] {
  return routes.flatMap((route) => {
    const read = readers[route.kind];
    if (!read || route.state === 'disabled') return [];
    return route.targets.flatMap((target) => {
      const { to } = target;
      if (to.kind !== 'bus') return [];
      const component = route.from.kind === 'component' ? route.from.component : route.id;
      return read(route, target).map(
        (event): Emission => ({
          component,
          entry: route.from.kind !== 'component',
          event,
          bus: to.bus,
          count: 1,
          probability: 1,
          depth: { kind: 'any' },
          stage: { kind: 'any' },
          evidence: { kind: 'catalogue', text: `${route.kind} ${route.name}`, span: target.span },
        }),
      );
    });
  });
}

const readers: Partial<Record<Route['kind'], (route: Route, target: Target) => EventType[]>> = {
  /** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-target.html */
  pipe: (route, { parameters }) => {
    const given = nodeAt(parameters, 'TargetParameters', 'EventBridgeEventBusParameters');
    const name = scalarText(nodeAt(parameters, 'Name')) ?? route.name;
    const service = parseArn(scalarText(nodeAt(parameters, 'Source')) ?? '')?.service;
    const source = scalarText(nodeAt(given, 'Source')) ?? `Pipe ${name}`;
    const detailType =
      scalarText(nodeAt(given, 'DetailType')) ??
      (service ? `Event from aws:${service}` : hole(`detail-type of ${route.name}`));
    return [{ source: ofPath(source, route), detailType: ofPath(detailType, route) }];
  },
  /** https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-templated.html */
  schedule: (route, { parameters }) => {
    const given = nodeAt(parameters, 'EventBridgeParameters');
    const source = scalarText(nodeAt(given, 'Source'));
    const detailType = scalarText(nodeAt(given, 'DetailType'));
    return [
      {
        source: source ?? hole(`source of ${route.name}`),
        detailType: detailType ?? hole(`detail-type of ${route.name}`),
      },
    ];
  },
  /** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
  destination: (route, { id }) => {
    const which = /(success|failure)/i.exec(`${id} ${route.name} ${route.id}`)?.[1]?.toLowerCase();
    return ['Success', 'Failure']
      .filter((outcome) => which === undefined || outcome.toLowerCase() === which)
      .map((outcome) => ({ source: 'lambda', detailType: `Lambda Function Invocation Result - ${outcome}` }));
  },
};

/** A path into the record (`$.detail.type`) is known only when the record is. */
function ofPath(text: string, route: Route): string {
  return text.startsWith('$.') ? hole(`${printHoles(text)} of ${route.name}`) : text;
}
