import type { AccountKind } from '../deployed.ts';
import { propertiesOf } from '../form.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachine.html */
export const stateMachines: AccountKind = {
  list: 'stateMachines',
  key: ['stateMachineArn', 'name'],
  read(item) {
    const name = item.text('name');
    const id = item.text('stateMachineArn');
    if (name === undefined || id === undefined) return [];
    const properties = propertiesOf(
      item,
      ['StateMachineName', 'name'],
      ['DefinitionString', 'definition'],
      ['RoleArn', 'roleArn'],
      ['StateMachineType', 'type'],
    );
    return [{ id, type: 'AWS::StepFunctions::StateMachine', name, properties }];
  },
};

/** https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_DescribePipe.html */
export const pipes: AccountKind = {
  list: 'pipes',
  key: ['Arn', 'Name'],
  read(item) {
    const name = item.text('Name');
    const id = item.text('Arn');
    if (name === undefined || id === undefined) return [];
    const properties = propertiesOf(
      item,
      'Name',
      'Source',
      'Target',
      'RoleArn',
      'Enrichment',
      'SourceParameters',
      'TargetParameters',
      'DesiredState',
    );
    return [{ id, type: 'AWS::Pipes::Pipe', name, properties }];
  },
};

/**
 * A schedule, or the summary of one that leads to no bus.
 *
 * https://docs.aws.amazon.com/scheduler/latest/APIReference/API_GetSchedule.html
 */
export const schedules: AccountKind = {
  list: 'schedules',
  key: ['Arn', 'Name'],
  read(item) {
    const name = item.text('Name');
    const id = item.text('Arn');
    if (name === undefined || id === undefined) return [];
    const properties = propertiesOf(item, 'Name', 'ScheduleExpression', 'State', 'Target');
    return [{ id, type: 'AWS::Scheduler::Schedule', name, properties }];
  },
};
