import { membersOf, type Node, nodeAt } from '../../json/node.ts';
import { possibleValues, scalarText } from '../../load/cloudformation/values.ts';
import type { TemplateResource } from '../../model/template-resource.ts';
import { type Inventory, property } from '../inventory.ts';
import { allow } from './sam-policies.ts';
import { anything, type Statement, textsOf } from './statement.ts';

/** What `Write` to a type of destination allows, of what matters here. */
const writing: readonly (readonly [type: RegExp, actions: readonly string[]])[] = [
  [/^AWS::Events::EventBus$/, ['events:PutEvents']],
  [/^AWS::Lambda::Function$|^AWS::Serverless::Function$/, ['lambda:InvokeFunction', 'lambda:InvokeAsync']],
  [/^AWS::SQS::Queue$/, ['sqs:SendMessage']],
  [/^AWS::SNS::Topic$/, ['sns:Publish']],
  [
    /^AWS::StepFunctions::StateMachine$|^AWS::Serverless::StateMachine$/,
    ['states:StartExecution', 'states:StartSyncExecution'],
  ],
  [
    /^AWS::DynamoDB::(?:Global)?Table$|^AWS::Serverless::SimpleTable$/,
    ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
  ],
  [/^AWS::S3::Bucket$/, ['s3:PutObject', 's3:DeleteObject']],
];

/**
 * Statements that SAM connectors add to the role of a template resource: as resources of their own, or under
 * `Connectors` of their source.
 *
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-connector.html
 */
export function connections(source: TemplateResource, inventory: Inventory): Statement[] {
  const apart = inventory
    .ofType('AWS::Serverless::Connector')
    .filter(
      (connector) =>
        connector.template === source.template &&
        scalarText(property(connector, 'Source', 'Id')) === source.logicalId,
    )
    .map((connector) => property(connector));
  const embedded = membersOf(nodeAt(source.attributes, 'Connectors')).map(({ value }) =>
    nodeAt(value, 'Properties'),
  );
  return [...apart, ...embedded].flatMap((node) => (node ? connection(node, source, inventory) : []));
}

function connection(node: Node, source: TemplateResource, inventory: Inventory): Statement[] {
  const permissions = textsOf(nodeAt(node, 'Permissions'));
  if (permissions && !permissions.includes('Write') && permissions.every((each) => each === 'Read'))
    return [];
  const destinations = possibleValues(nodeAt(node, 'Destination')).flatMap((each) =>
    each.kind === 'array' ? each.items : [each],
  );
  return destinations.flatMap((destination) => {
    const id = scalarText(nodeAt(destination, 'Id'));
    const named = id === undefined ? undefined : inventory.withId(`${source.template}#${id}`);
    const type = named?.type ?? scalarText(nodeAt(destination, 'Type'));
    if (type === undefined) return [anything(destination.span)];
    const actions = writing.find(([pattern]) => pattern.test(type))?.[1];
    const arn =
      scalarText(nodeAt(destination, 'Arn')) ?? named?.addresses.find((text) => text.startsWith('arn:'));
    return actions ? [allow(actions, [arn ?? '*'], destination.span)] : [];
  });
}
