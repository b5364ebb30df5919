import { finding } from '../../../diagnostic/diagnostic.ts';
import type { DraftTarget } from '../../draft.ts';
import { ruleRoute } from '../../rule.ts';
import { inputShaping } from '../../shaping.ts';
import { stateOf } from '../../state.ts';
import { busIn, conditional, placeIn } from '../reading.ts';
import type { ResourceKind } from '../resource-kind.ts';

/**
 * The rule of a function as the Serverless Framework made it before it used CloudFormation's own types
 * (`provider.eventBridge.useCloudFormation: false`).
 */
export const customEventBridge: ResourceKind = {
  type: 'Custom::EventBridge',
  read(reading) {
    const { properties, resource, draft, collector, id } = reading;
    draft.rulesFound++;
    const config = properties.object('EventBridgeConfig') ?? properties;
    const to = placeIn(properties, 'FunctionName', 'lambda');
    const targets: DraftTarget[] = [];
    if (to?.kind === 'address') {
      const shaping = inputShaping(config, collector, ['Input', 'InputPath', 'InputTransformer']);
      targets.push({ id: 'function', to, arn: to.text, shaping, span: config.span });
    } else {
      collector.add(
        finding('template/target-without-arn', { where: resource.logicalId }, { span: config.span }),
      );
    }
    const route = {
      id,
      name: config.text('RuleName') ?? resource.logicalId,
      bus: busIn(config, 'EventBus'),
      pattern: config.raw('Pattern'),
      patternName: `${resource.logicalId}.Pattern`,
      schedule: config.text('Schedule'),
      state: stateOf(config.text('State')),
      targets,
      ...conditional(reading),
      span: resource.span,
    };
    draft.routes.push(ruleRoute(route, collector));
  },
};
