import { arnOf } from '../arn.ts';
import type { Identity } from '../identity.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { readEvents } from '../sam/events.ts';

function identity(nameProperty: string): Identity {
  return {
    nameProperty,
    arn: (name, environment) => arnOf(environment, 'states', `stateMachine:${name}`),
    ref: 'arn',
    attributes: { Name: 'name' },
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html */
export const stateMachine: ResourceKind = {
  type: 'AWS::StepFunctions::StateMachine',
  component: 'state-machine',
  identity: identity('StateMachineName'),
};

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-statemachine.html */
export const samStateMachine: ResourceKind = {
  type: 'AWS::Serverless::StateMachine',
  component: 'state-machine',
  identity: identity('Name'),
  read: readEvents,
};

/** A version or an alias is the machine's ARN with something behind it; both are known by the machine. */
export const stateMachineVersion: ResourceKind = {
  type: 'AWS::StepFunctions::StateMachineVersion',
  identity: {
    nameProperty: 'StateMachineArn',
    arn: (name, _environment, unknown) => `${name}:${unknown('Version')}`,
    ref: 'arn',
    borrowed: true,
  },
};

export const stateMachineAlias: ResourceKind = {
  type: 'AWS::StepFunctions::StateMachineAlias',
  identity: {
    namePaths: [
      ['RoutingConfiguration', 0, 'StateMachineVersionArn'],
      ['DeploymentPreference', 'StateMachineVersionArn'],
    ],
    arn: (name) => name,
    ref: 'arn',
    borrowed: true,
  },
};
