import type { AccountKind } from '../deployed.ts';
import { propertiesOf, withMembers } from '../form.ts';
import { nameIn } from '../naming.ts';

/**
 * A function. Its code is not in the account's answers: that it has some, elsewhere, is said by an empty `Code`.
 *
 * https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html
 */
export const functions: AccountKind = {
  list: 'functions',
  key: ['FunctionArn', 'FunctionName'],
  read(item) {
    const name = item.text('FunctionName');
    const id = item.text('FunctionArn');
    if (name === undefined || id === undefined) return [];
    const read = propertiesOf(
      item,
      'FunctionName',
      'Runtime',
      'Role',
      'Handler',
      'Environment',
      'DeadLetterConfig',
    );
    const properties = withMembers(read, {
      Code: { kind: 'object', span: item.node.span, members: [] },
    });
    return [{ id, type: 'AWS::Lambda::Function', name, properties }];
  },
};

/** https://docs.aws.amazon.com/lambda/latest/api/API_FunctionEventInvokeConfig.html */
export const eventInvokeConfigs: AccountKind = {
  list: 'eventInvokeConfigs',
  key: ['FunctionArn'],
  read(item) {
    const arn = item.text('FunctionArn');
    if (arn === undefined) return [];
    const properties = propertiesOf(
      item,
      ['FunctionName', 'FunctionArn'],
      'DestinationConfig',
      'MaximumRetryAttempts',
      'MaximumEventAgeInSeconds',
    );
    const namedAfter = arn.split(':').slice(0, 7).join(':');
    const id = `${arn} (invoke config)`;
    return [{ id, type: 'AWS::Lambda::EventInvokeConfig', name: nameIn(arn), namedAfter, properties }];
  },
};

/** https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html */
export const eventSourceMappings: AccountKind = {
  list: 'eventSourceMappings',
  key: ['EventSourceMappingArn', 'UUID'],
  read(item) {
    const to = item.text('FunctionArn');
    const id = item.text('EventSourceMappingArn') ?? item.text('UUID');
    if (to === undefined || id === undefined) return [];
    const properties = propertiesOf(
      item,
      ['FunctionName', 'FunctionArn'],
      'EventSourceArn',
      ['Enabled', 'State'],
      'FilterCriteria',
      'DestinationConfig',
    );
    const from = item.text('EventSourceArn');
    const name = from === undefined ? `to ${nameIn(to)}` : `${nameIn(from)} to ${nameIn(to)}`;
    return [{ id, type: 'AWS::Lambda::EventSourceMapping', name, properties }];
  },
};
