import { describe, expect, it } from 'vitest';
import { documentOf } from '../../../src/json/document.ts';
import { loadTemplates } from '../../../src/load/index.ts';
import { boundOf } from '../../../src/publish/iam/bound.ts';
import { permissionsOf } from '../../../src/publish/iam/roles.ts';
import { Inventory } from '../../../src/publish/inventory.ts';

const bus = 'arn:aws:events:eu-west-1:111122223333:event-bus/';
const put = (name: string): string =>
  `{ Effect: Allow, Action: ["events:PutEvents"], Resource: "${bus}${name}" }`;

/** The buses the function `send` may publish on; undefined: not known. */
function buses(service: string): string[] | undefined {
  const text = `service: shop\n${service}`;
  const { resources } = loadTemplates([documentOf('serverless.yml', text)], {
    readLocal: () => undefined,
  }).value;
  const inventory = new Inventory(resources);
  const fn = resources.find(({ logicalId }) => logicalId === 'SendLambdaFunction')!;
  const permissions = permissionsOf(fn, inventory);
  return permissions && boundOf(permissions.statements).grants.map((grant) => grant.bus.replace(bus, ''));
}

const provider = (body: string): string => `provider: { name: aws${body} }\n`;
const send = (body = ''): string => `functions: { send: { handler: a.handler${body} } }\n`;

describe('the role of a Serverless function', () => {
  it.each([
    ['has nothing that is not said', provider('') + send(), []],
    [
      'has the statements of the provider',
      provider(`, iam: { role: { statements: [${put('a')}] } }`) + send(),
      ['a'],
    ],
    ['has the older statements', provider(`, iamRoleStatements: [${put('a')}]`) + send(), ['a']],
    [
      'may be anything elsewhere',
      provider(', iam: { role: "arn:aws:iam::111122223333:role/x" }') + send(),
      undefined,
    ],
    [
      'may be its own elsewhere',
      provider('') + send(', role: "arn:aws:iam::111122223333:role/x"'),
      undefined,
    ],
    [
      'has statements of its own beside those of the provider, without the plugin',
      provider(`, iamRoleStatements: [${put('a')}]`) + send(`, iamRoleStatements: [${put('b')}]`),
      ['a', 'b'],
    ],
    [
      'has statements of its own alone, with the plugin',
      `plugins: [serverless-iam-roles-per-function]\n${provider(`, iamRoleStatements: [${put('a')}]`)}${send(`, iamRoleStatements: [${put('b')}]`)}`,
      ['b'],
    ],
    [
      'inherits where it says so',
      `plugins: [serverless-iam-roles-per-function]\n${provider(`, iamRoleStatements: [${put('a')}]`)}${send(`, iamRoleStatementsInherit: true, iamRoleStatements: [${put('b')}]`)}`,
      ['a', 'b'],
    ],
    [
      'may write to its destinations',
      provider('') + send(`, destinations: { onSuccess: "${bus}done" }`),
      ['done'],
    ],
    [
      'has managed policies',
      provider(', iam: { role: { managedPolicies: ["arn:aws:iam::aws:policy/AdministratorAccess"] } }') +
        send(),
      ['*'],
    ],
    [
      'is that of the resources it names',
      `${provider('')}${send(', role: Own')}resources: { Resources: { Own: { Type: AWS::IAM::Role, Properties: { Policies: [{ PolicyName: p, PolicyDocument: { Statement: [${put('c')}] } }] } } } }\n`,
      ['c'],
    ],
    [
      'has what the resources add to the shared one',
      `${provider('')}${send()}resources: { Resources: { IamRoleLambdaExecution: { Type: AWS::IAM::Role, Properties: { Policies: [{ PolicyName: p, PolicyDocument: { Statement: [${put('c')}] } }] } } } }\n`,
      ['c'],
    ],
    [
      'is not known where its statements are not',
      provider(', iamRoleStatements: "${file(./none.yml)}"') + send(),
      ['*'],
    ],
  ])('%s', (_name, service, expected) => {
    expect(buses(service)?.map((each) => (each.startsWith('arn:*') ? '*' : each))).toEqual(expected);
  });
});
