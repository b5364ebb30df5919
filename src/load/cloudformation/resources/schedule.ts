import { outside } from '../../draft.ts';
import { inputShaping } from '../../shaping.ts';
import { stateOf } from '../../state.ts';
import { delivery, whatRuns } from '../../targets.ts';
import { conditional, placeIn } from '../reading.ts';
import type { ResourceKind } from '../resource-kind.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-scheduler-schedule.html */
export const schedule: ResourceKind = {
  type: 'AWS::Scheduler::Schedule',
  read(reading) {
    const { properties, resource, draft, collector, id } = reading;
    const target = properties.object('Target');
    const arn = target && placeIn(target, 'Arn');
    const to = (target && whatRuns(target, 'EcsParameters', 'TaskDefinitionArn')) ?? arn;
    const expression = properties.text('ScheduleExpression');
    draft.routes.push({
      id,
      kind: 'schedule',
      name: resource.logicalId,
      from: outside,
      filter: { kind: 'everything' },
      ...(expression === undefined ? {} : { schedule: expression }),
      state: stateOf(properties.text('State')),
      targets:
        to && arn?.kind === 'address'
          ? [
              {
                id: 'Target',
                to,
                arn: arn.text,
                shaping: inputShaping(target!, collector),
                ...delivery(target!),
                ...(target!.node ? { parameters: target!.node } : {}),
                span: target!.span,
              },
            ]
          : [],
      ...conditional(reading),
      span: resource.span,
    });
  },
};
