import type { InputShaping } from '../../../model/route.ts';
import { outside } from '../../draft.ts';
import type { Shape } from '../../shape.ts';
import { stateOf } from '../../state.ts';
import { arnOf } from '../arn.ts';
import { eventFilter } from '../event-filter.ts';
import { conditional, placeIn } from '../reading.ts';
import type { ResourceKind } from '../resource-kind.ts';

/**
 * A pipe moves what a source holds on to one target. The target's `parameters` are the pipe's own properties, so
 * that its enrichment and `TargetParameters` can be read there.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-pipes-pipe.html
 */
export const pipe: ResourceKind = {
  type: 'AWS::Pipes::Pipe',
  identity: {
    nameProperty: 'Name',
    arn: (name, environment) => arnOf(environment, 'pipes', `pipe/${name}`),
    ref: 'name',
  },
  read(reading) {
    const { properties, resource, draft, collector, id } = reading;
    const to = placeIn(properties, 'Target');
    if (to?.kind !== 'address') return;
    const source = properties.object('SourceParameters');
    const where = `${resource.logicalId}.SourceParameters`;
    draft.routes.push({
      id,
      kind: 'pipe',
      name: resource.logicalId,
      from: placeIn(properties, 'Source') ?? outside,
      filter: source ? eventFilter(source, where, collector) : { kind: 'everything' },
      state: stateOf(properties.text('DesiredState')),
      targets: [
        {
          id: 'Target',
          to,
          arn: to.text,
          shaping: shapingOf(properties.object('TargetParameters')),
          ...(properties.node ? { parameters: properties.node } : {}),
          span: resource.span,
        },
      ],
      ...conditional(reading),
      span: resource.span,
    });
  },
};

function shapingOf(parameters: Shape | undefined): InputShaping {
  const node = parameters?.raw('InputTemplate');
  const template = parameters?.text('InputTemplate');
  return node && template !== undefined
    ? { kind: 'transformer', paths: {}, template, span: node.span }
    : { kind: 'event' };
}
