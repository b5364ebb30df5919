import { hole } from '../../../json/holes.ts';
import type { AccountKind, Item } from '../deployed.ts';
import { listAt, propertiesOf, textAt, withMembers } from '../form.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListEventBuses.html */
export const eventBuses: AccountKind = {
  list: 'eventBuses',
  key: ['Arn', 'Name'],
  read(item) {
    const name = item.text('Name');
    const id = item.text('Arn');
    if (name === undefined || id === undefined) return [];
    const properties = propertiesOf(item, 'Name', 'EventSourceName', 'Policy');
    return [{ id, type: 'AWS::Events::EventBus', name, properties }];
  },
};

/**
 * A rule with its targets. Without a list of targets these could not be looked at: there is one, and nobody knows
 * which.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html
 */
export const rules: AccountKind = {
  list: 'rules',
  key: ['Arn', 'Name'],
  read(item) {
    const name = item.text('Name');
    const id = item.text('Arn');
    if (name === undefined || id === undefined) return [];
    const managedBy = item.text('ManagedBy');
    const read = propertiesOf(item, 'Name', 'EventPattern', 'ScheduleExpression', 'State', 'Targets');
    const properties = withMembers(read, {
      EventBusName: textAt(busArn(item, id), item.at('EventBusName') ?? item.node),
      ...(item.at('Targets') ? {} : { Targets: unknownTargets(item, name) }),
    });
    const rule = { id, type: 'AWS::Events::Rule', name, properties };
    return [managedBy === undefined ? rule : { ...rule, managedBy }];
  },
};

/** The bus by its ARN: a name alone would be one of another Region too. */
function busArn(item: Item, ruleArn: string): string {
  const bus = item.text('EventBusName') ?? 'default';
  return bus.startsWith('arn:') ? bus : `${ruleArn.split(':').slice(0, 5).join(':')}:event-bus/${bus}`;
}

function unknownTargets({ node }: Item, name: string) {
  const id = textAt('?', node);
  const arn = textAt(hole(`targets of ${name}`), node);
  return listAt([withMembers({ kind: 'object', span: node.span, members: [] }, { Id: id, Arn: arn })], node);
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeArchive.html */
export const archives: AccountKind = {
  list: 'archives',
  key: ['ArchiveArn', 'ArchiveName'],
  read(item) {
    const name = item.text('ArchiveName');
    if (name === undefined) return [];
    const id = item.text('ArchiveArn') ?? `archive/${name}`;
    const properties = propertiesOf(
      item,
      'ArchiveName',
      ['SourceArn', 'EventSourceArn'],
      'EventPattern',
      'RetentionDays',
    );
    return [{ id, type: 'AWS::Events::Archive', name, properties }];
  },
};

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListApiDestinations.html */
export const apiDestinations: AccountKind = {
  list: 'apiDestinations',
  key: ['ApiDestinationArn', 'Name'],
  read(item) {
    const name = item.text('Name');
    const id = item.text('ApiDestinationArn');
    if (name === undefined || id === undefined) return [];
    const properties = propertiesOf(
      item,
      'Name',
      'ConnectionArn',
      'HttpMethod',
      'InvocationEndpoint',
      'InvocationRateLimitPerSecond',
    );
    return [{ id, type: 'AWS::Events::ApiDestination', name, properties }];
  },
};

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListConnections.html */
export const connections: AccountKind = {
  list: 'connections',
  key: ['ConnectionArn', 'Name'],
  read(item) {
    const name = item.text('Name');
    const id = item.text('ConnectionArn');
    if (name === undefined || id === undefined) return [];
    return [
      {
        id,
        type: 'AWS::Events::Connection',
        name,
        properties: propertiesOf(item, 'Name', 'AuthorizationType'),
      },
    ];
  },
};
