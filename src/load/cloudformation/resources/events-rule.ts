import { splitHoles } from '../../../json/holes.ts';
import { ruleRoute } from '../../rule.ts';
import { stateOf } from '../../state.ts';
import { ruleTargets } from '../../targets.ts';
import { arnOf } from '../arn.ts';
import { busIn, conditional, type Reading } from '../reading.ts';
import type { ResourceKind } from '../resource-kind.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html */
export const eventsRule: ResourceKind = {
  type: 'AWS::Events::Rule',
  identity: {
    nameProperty: 'Name',
    arn: (name, environment) => arnOf(environment, 'events', `rule/${name}`),
    ref: 'name',
    attributes: { RuleName: 'name' },
  },
  read(reading) {
    const { properties, resource, draft, collector, id } = reading;
    draft.rulesFound++;
    const route = {
      id,
      name: nameOf(reading),
      bus: busIn(properties, 'EventBusName'),
      pattern: properties.raw('EventPattern'),
      patternName: `${resource.logicalId}.EventPattern`,
      schedule: properties.text('ScheduleExpression'),
      state: stateOf(properties.text('State')),
      targets: ruleTargets(properties.objects('Targets'), collector),
      ...conditional(reading),
      span: resource.span,
    };
    draft.routes.push(ruleRoute(route, collector));
  },
};

function nameOf({ properties, resource }: Reading): string {
  const name = properties.has('Name') ? properties.text('Name') : undefined;
  return name && !onlyHole(name) ? name : resource.logicalId;
}

/** A name that only the deployment knows tells people nothing. */
function onlyHole(name: string): boolean {
  return splitHoles(name).every((part) => 'hole' in part);
}
