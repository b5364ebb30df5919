import { describe, expect, it } from 'vitest';
import { printHoles } from '../../../src/json/holes.ts';
import { boundOf } from '../../../src/publish/iam/bound.ts';
import { permissionsOf } from '../../../src/publish/iam/roles.ts';
import { Inventory } from '../../../src/publish/inventory.ts';
import { loadText } from '../template.ts';

/** What the function `F` of a template may publish: `buses | sources | detail-types` of each grant. */
function grantsOf(resources: string): string[] | 'unknown' {
  const { resources: all } = loadText(`Transform: AWS::Serverless-2016-10-31\nResources:\n${resources}`);
  const inventory = new Inventory(all);
  const permissions = permissionsOf(inventory.withId('template.yaml#F')!, inventory);
  if (!permissions) return 'unknown';
  return boundOf(permissions.statements).grants.map(({ bus, sources, detailTypes }) =>
    [
      printHoles(bus).replace(/^arn:.*event-bus\//, ''),
      sources?.join() ?? '*',
      detailTypes?.join() ?? '*',
    ].join(' | '),
  );
}

const bus = '  Bus: { Type: AWS::Events::EventBus, Properties: { Name: orders } }\n';
const role = (
  rest: string,
): string => `${bus}  F: { Type: AWS::Lambda::Function, Properties: { Role: !GetAtt R.Arn } }
  R:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
${rest}`;
const sam = (policies: string): string =>
  `${bus}  F: { Type: AWS::Serverless::Function, Properties: { Policies: ${policies} } }\n`;
const statement = (rest: string): string =>
  `{ Statement: { Effect: Allow, Action: 'events:PutEvents', Resource: !GetAtt Bus.Arn${rest} } }`;

const cases: readonly (readonly [string, string, string[] | 'unknown'])[] = [
  ['SAM without policies', `${bus}  F: { Type: AWS::Serverless::Function }\n`, []],
  [
    'SAM: a policy template',
    sam('[{ EventBridgePutEventsPolicy: { EventBusName: !Ref Bus } }]'),
    ['orders | * | *'],
  ],
  [
    'SAM: other templates and managed names',
    sam('[AWSLambdaBasicExecutionRole, { SQSSendMessagePolicy: { QueueName: q } }, AmazonS3ReadOnlyAccess]'),
    [],
  ],
  ['SAM: a template nobody knows', sam('[{ FancyPolicy: {} }]'), ['* | * | *']],
  ['SAM: one managed name', sam('AmazonEventBridgeFullAccess'), ['* | * | *']],
  [
    'SAM: a statement under a condition',
    sam(
      `[${statement(", Condition: { StringEquals: { 'events:source': [a, b], 'events:detail-type': T } }")}]`,
    ),
    ['orders | a,b | T'],
  ],
  ['SAM: a policy of another place', sam('[!Ref Elsewhere]'), ['* | * | *']],
  [
    'a role of another place',
    '  F: { Type: AWS::Lambda::Function, Properties: { Role: !Ref Elsewhere } }\n',
    'unknown',
  ],
  ['a role without policies', role(''), []],
  [
    'an inline policy',
    role(`      Policies: [{ PolicyName: p, PolicyDocument: ${statement('')} }]\n`),
    ['orders | * | *'],
  ],
  [
    'a policy that attaches itself',
    role(
      `  P: { Type: AWS::IAM::Policy, Properties: { Roles: [!Ref R], PolicyDocument: ${statement('')} } }\n`,
    ),
    ['orders | * | *'],
  ],
  [
    'a policy of another role',
    role(
      `  P: { Type: AWS::IAM::Policy, Properties: { Roles: [!Ref Q], PolicyDocument: ${statement('')} } }\n  Q: { Type: AWS::IAM::Role, Properties: {} }\n`,
    ),
    [],
  ],
  [
    'a role policy by name',
    role(
      `      RoleName: the-role\n  P: { Type: AWS::IAM::RolePolicy, Properties: { RoleName: the-role, PolicyDocument: ${statement('')} } }\n`,
    ),
    ['orders | * | *'],
  ],
  [
    'a managed policy of the template',
    role(
      `      ManagedPolicyArns: [!Ref M]\n  M: { Type: AWS::IAM::ManagedPolicy, Properties: { PolicyDocument: ${statement('')} } }\n`,
    ),
    ['orders | * | *'],
  ],
  [
    'an AWS managed policy, written with the partition',
    role(
      '      ManagedPolicyArns: [!Sub "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"]\n',
    ),
    [],
  ],
  [
    'an AWS managed policy that is not in the table',
    role('      ManagedPolicyArns: ["arn:aws:iam::aws:policy/SomethingNew"]\n'),
    ['* | * | *'],
  ],
  [
    'a policy document as text',
    role(
      `      Policies: [{ PolicyName: p, PolicyDocument: '{"Statement":[{"Effect":"Allow","Action":"events:*","Resource":"*"}]}' }]\n`,
    ),
    ['* | * | *'],
  ],
  [
    'a bus policy that names the role',
    role(
      `  B: { Type: AWS::Events::EventBusPolicy, Properties: { StatementId: s, EventBusName: orders, Statement: { Effect: Allow, Principal: { AWS: !GetAtt R.Arn }, Action: 'events:PutEvents', Resource: !GetAtt Bus.Arn } } }\n`,
    ),
    ['orders | * | *'],
  ],
  [
    'a bus policy for rules only',
    role(
      `  B: { Type: AWS::Events::EventBusPolicy, Properties: { StatementId: s, EventBusName: orders, Statement: { Effect: Allow, Principal: '*', Action: 'events:PutRule', Resource: '*' } } }\n`,
    ),
    [],
  ],
  [
    'a connector',
    `${sam('[]')}  C: { Type: AWS::Serverless::Connector, Properties: { Source: { Id: F }, Destination: { Id: Bus }, Permissions: [Write] } }\n`,
    ['orders | * | *'],
  ],
  [
    'a connector under the function',
    `${bus}  F:\n    Type: AWS::Serverless::Function\n    Connectors: { C: { Properties: { Destination: { Id: Bus }, Permissions: [Write] } } }\n`,
    ['orders | * | *'],
  ],
];

describe('the bound of the roles of templates', () => {
  it.each(cases)('%s', (_name, resources, expected) => {
    expect(grantsOf(resources)).toEqual(expected);
  });
});
