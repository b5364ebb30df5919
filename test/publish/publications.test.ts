import { describe, expect, it } from 'vitest';
import { printHoles } from '../../src/json/holes.ts';
import type { CatalogueEntry } from '../../src/model/catalogue.ts';
import type { Emission } from '../../src/model/emission.ts';
import { loadParsers } from '../../src/publish/code/parsers.ts';
import { publications } from '../../src/publish/publications.ts';
import { loadText, readIn } from './template.ts';

const parsers = await loadParsers();

function found(
  resources: string,
  files: Readonly<Record<string, string>> = {},
  declared: readonly Emission[] = [],
  catalogue: readonly CatalogueEntry[] = [],
) {
  const parts = loadText(`Transform: AWS::Serverless-2016-10-31\nResources:\n${resources}`, files);
  const { value, diagnostics } = publications({
    parts: { ...parts, emissions: declared },
    resources: parts.resources,
    sources: {
      read: readIn(files),
      parsers,
      scripts: (folder, name) =>
        Object.keys(files).filter(
          (path) => path.endsWith(`/${name}.js`) && (folder === '.' || path.startsWith(`${folder}/`)),
        ),
    },
    fields: { depthField: '_chain_depth', stageField: 'processing_stage' },
    catalogue,
  });
  const shown = (text: string): string => printHoles(text).replace(/\$\{[^}]*\}/g, '…');
  const emissions = value.emissions.map(
    ({ component, event, bus, evidence, entry }) =>
      `${component.replace('template.yaml#', '')}: ${event ? `${shown(event.source)}@${shown(event.detailType)}` : 'some event'} on ${bus === undefined ? 'some bus' : shown(bus)} (${evidence.kind}${entry ? ', entry' : ''})`,
  );
  const silent = value.components.flatMap(({ name, silence }) =>
    silence ? [`${name}: ${silence.kind}`] : [],
  );
  const calls = value.routes.map(({ id }) => id.replaceAll('template.yaml#', ''));
  return {
    emissions,
    raw: value.emissions,
    silent,
    calls,
    findings: diagnostics.map(({ code, severity }) => `${severity} ${code}`),
    diagnostics,
  };
}

const bus = '  Bus: { Type: AWS::Events::EventBus, Properties: { Name: orders } }\n';
const rule = (target: string, source = 'shop'): string =>
  `  Rule: { Type: AWS::Events::Rule, Properties: { EventBusName: !Ref Bus, EventPattern: { source: [${source}] }, Targets: [{ Id: t, Arn: !GetAtt ${target}.Arn }] } }\n`;
const fn = (name: string, policies: string): string =>
  `  ${name}: { Type: AWS::Serverless::Function, Properties: { Handler: ${name.toLowerCase()}.handler, Runtime: nodejs22.x, CodeUri: src/, Policies: ${policies} } }\n`;
const put = '[{ EventBridgePutEventsPolicy: { EventBusName: !Ref Bus } }]';
const publishing = (entry: string): string =>
  `const { EventBridge } = require('@aws-sdk/client-eventbridge');
   exports.handler = async (event) => new EventBridge().putEvents({ Entries: [{ ${entry}, EventBusName: 'orders', Detail: '{}' }] });`;

describe('who publishes what', () => {
  it('is what the code says, where all of it is followed', () => {
    const code = publishing("Source: 'shop', DetailType: 'Placed'");
    expect(found(bus + rule('F') + fn('F', put), { 'src/f.js': code }).emissions).toEqual([
      'F: shop@Placed on orders (code)',
    ]);
  });

  it('is no answer to an event where no rule leads to it', () => {
    const code = publishing("Source: 'shop', DetailType: 'Placed'");
    expect(found(bus + fn('F', put), { 'src/f.js': code }).emissions).toEqual([
      'F: shop@Placed on orders (code, entry)',
    ]);
  });

  it('is what the role allows, where there is no code', () => {
    expect(found(bus + rule('F') + fn('F', put)).emissions).toEqual(['F: some event on orders (iam)']);
  });

  it('is what the role allows beside what the code says, where some of the code is not followed', () => {
    const code = `${publishing("Source: 'shop', DetailType: 'Placed'")}\nrequire('./elsewhere');`;
    expect(found(bus + rule('F') + fn('F', put), { 'src/f.js': code }).emissions).toEqual([
      'F: shop@Placed on orders (code)',
      'F: some event on orders (iam)',
    ]);
  });

  it('is nothing where the role allows nothing, or the code publishes nothing', () => {
    expect(found(bus + rule('F') + fn('F', '[]')).silent).toEqual(['F: iam']);
    const code = 'exports.handler = async () => 1;';
    expect(found(bus + rule('F') + fn('F', put), { 'src/f.js': code }).silent).toEqual(['F: code']);
  });

  it('is what roles allow that the code may assume, and no proof of silence beside roles elsewhere', () => {
    const assume = (role: string): string =>
      `[{ Statement: { Effect: Allow, Action: 'sts:AssumeRole', Resource: ${role} } }]`;
    const role = `  R: { Type: AWS::IAM::Role, Properties: { Policies: [{ PolicyName: p, PolicyDocument: { Statement: { Effect: Allow, Action: 'events:*', Resource: !GetAtt Bus.Arn } } }] } }\n`;
    const known = found(bus + rule('F') + fn('F', assume('!GetAtt R.Arn')) + role);
    expect([known.emissions, known.silent]).toEqual([['F: some event on orders (iam)'], []]);
    const elsewhere = found(bus + rule('F') + fn('F', assume('"*"')));
    expect([elsewhere.emissions, elsewhere.silent]).toEqual([[], []]);
  });

  it('is not known where the role is not in the templates', () => {
    const elsewhere = '  F: { Type: AWS::Lambda::Function, Properties: { Role: !ImportValue role } }\n';
    const { emissions, silent } = found(bus + rule('F') + elsewhere);
    expect([emissions, silent]).toEqual([[], []]);
  });

  it('is what a state machine, a pipe and a destination say', () => {
    const states = `{ States: { S: { Type: Task, Resource: 'arn:aws:states:::events:putEvents', Parameters: { Entries: [{ Source: s, DetailType: T, EventBusName: orders }] } } } }`;
    const template = `${bus}  M: { Type: AWS::Serverless::StateMachine, Properties: { Policies: ${put}, Definition: ${states} } }
  Q: { Type: AWS::SQS::Queue }
  P: { Type: AWS::Pipes::Pipe, Properties: { Name: p, Source: !GetAtt Q.Arn, Target: !GetAtt Bus.Arn, RoleArn: r } }
  F: { Type: AWS::Serverless::Function, Properties: { EventInvokeConfig: { DestinationConfig: { OnFailure: { Type: EventBridge, Destination: !GetAtt Bus.Arn } } } } }
`;
    expect(found(template + rule('F')).emissions).toEqual([
      'M: s@T on orders (catalogue, entry)',
      'F: some event on orders (iam)',
      'Q: Pipe p@Event from aws:sqs on orders (catalogue)',
      'F: lambda@Lambda Function Invocation Result - Failure on orders (catalogue)',
    ]);
  });

  it('tells of services only what a rule takes, and of a state machine that is express nothing', () => {
    const machine = (type: string): string =>
      `  M: { Type: AWS::Serverless::StateMachine, Properties: { Type: ${type}, Definition: { States: {} } } }
  Failed: { Type: AWS::Events::Rule, Properties: { EventPattern: { source: [aws.states] }, Targets: [{ Id: t, Arn: !GetAtt F.Arn }] } }
`;
    const told = 'M: aws.states@Step Functions Execution Status Change on default (catalogue, entry)';
    expect(found(bus + fn('F', '[]') + machine('STANDARD')).emissions).toEqual([told]);
    expect(found(bus + fn('F', '[]') + machine('EXPRESS')).emissions).toEqual([]);
  });

  it('follows calls and writes to what a role names', () => {
    const policies =
      '[{ SQSSendMessagePolicy: { QueueName: !GetAtt Q.QueueName } }, { LambdaInvokePolicy: { FunctionName: !Ref G } }, { Statement: { Effect: Allow, Action: "sqs:*", Resource: "*" } }]';
    const template = `${bus + rule('F') + fn('F', policies) + fn('G', '[]')}  Q: { Type: AWS::SQS::Queue }\n  R: { Type: AWS::SQS::Queue }\n`;
    expect(found(template).calls).toEqual(['F → Q', 'F → G']);
  });
});

describe('code that is not beside the template', () => {
  const asset = (handler: string): string =>
    `  R: { Type: AWS::IAM::Role, Properties: { Policies: [{ PolicyName: p, PolicyDocument: { Statement: [{ Effect: Allow, Action: 'events:PutEvents', Resource: !GetAtt Bus.Arn }] } }] } }
  F: { Type: AWS::Lambda::Function, Properties: { Handler: ${handler}, Runtime: nodejs22.x, Role: !GetAtt R.Arn, Code: { S3Bucket: b, S3Key: k } } }\n`;
  const code = publishing("Source: 'shop', DetailType: 'Placed'");
  const known = 'F: shop@Placed on orders (code)';
  const rest = 'F: some event on orders (iam)';

  it('is found where only one file has the name of the handler, and closes nothing', () => {
    const files = { 'lambda/placeOrder.js': code };
    expect(found(bus + rule('F') + asset('placeOrder.handler'), files).emissions).toEqual([known, rest]);
  });

  it('is not guessed where two have it, or the name says nothing', () => {
    const two = { 'lambda/placeOrder.js': code, 'other/placeOrder.js': code };
    expect(found(bus + rule('F') + asset('placeOrder.handler'), two).emissions).toEqual([rest]);
    expect(found(bus + rule('F') + asset('index.handler'), { 'lambda/index.js': code }).emissions).toEqual([
      rest,
    ]);
  });
});

it('keeps what the code makes of the fields that rules ask for', () => {
  const template = `${bus}  R: { Type: AWS::Events::Rule, Properties: { EventBusName: !Ref Bus, EventPattern: { source: [shop], detail: { status: [new], order: { id: [{ exists: true }] }, gone: [true] } }, Targets: [{ Id: t, Arn: !GetAtt F.Arn }] } }\n`;
  const code = `const { EventBridge } = require('@aws-sdk/client-eventbridge');
    exports.handler = async ({ detail }) => new EventBridge().putEvents({ Entries: [{ Source: 'shop', DetailType: 'T', EventBusName: 'orders', Detail: JSON.stringify({ status: 'done', order: detail.order, unasked: 1 }) }] });`;
  const { raw } = found(template + fn('F', put), { 'src/f.js': code });
  expect(raw[0]?.fields).toEqual({
    status: { kind: 'set', value: 'done' },
    'order.id': { kind: 'copy' },
    gone: { kind: 'absent' },
  });
});

describe('contradictions', () => {
  const declared = (detailType: string): Emission => ({
    component: 'template.yaml#F',
    entry: false,
    event: { source: 'shop', detailType },
    bus: 'orders',
    count: 1,
    probability: 1,
    depth: { kind: 'any' },
    stage: { kind: 'any' },
    evidence: { kind: 'declared', text: 'declared' },
  });
  const code = { 'src/f.js': publishing("Source: 'shop', DetailType: 'Placed'") };
  const only = (source: string): string =>
    `[{ Statement: { Effect: Allow, Action: 'events:PutEvents', Resource: !GetAtt Bus.Arn, Condition: { StringEquals: { 'events:source': ${source} } } } }]`;

  it.each<readonly [string, string, readonly Emission[], readonly string[]]>([
    ['declares what it publishes', only('shop'), [declared('Placed')], []],
    [
      'publishes what it does not declare',
      only('shop'),
      [declared('Other'), declared('Placed')].slice(0, 1),
      ['warning publisher/undeclared', 'info publisher/never-published'],
    ],
    ['publishes what its role forbids', only('other'), [], ['warning publisher/forbidden']],
    ['declares what its role forbids', only('other'), [declared('Placed')], ['warning publisher/forbidden']],
    ['may publish more than it does', put, [], ['info publisher/wide-role']],
    [
      'may publish on more buses than it does',
      `[{ Statement: { Effect: Allow, Action: 'events:PutEvents', Resource: '*', Condition: { StringEquals: { 'events:source': shop } } } }]`,
      [],
      ['info publisher/wide-role'],
    ],
  ])('%s', (_name, policies, said, expected) => {
    expect(found(bus + rule('F') + fn('F', policies), code, said).findings).toEqual(expected);
  });

  it('come with the policy that is just wide enough', () => {
    const [finding] = found(bus + rule('F') + fn('F', put), code).diagnostics;
    expect(finding?.fix?.text).toContain('"events:source":["shop"],"events:detail-type":["Placed"]');
    expect(finding?.fix?.text).toMatch(/"Resource":"arn:[^"]*:event-bus\/orders"/);
  });
});

/** A rule of the default bus. */
const told = (target: string, pattern: string): string =>
  `  Told: { Type: AWS::Events::Rule, Properties: { EventPattern: ${pattern}, Targets: [{ Id: t, Arn: ${target} }] } }\n`;
const role = (actions: string, resource = '"*"'): string =>
  `[{ Statement: [{ Effect: Allow, Action: ${actions}, Resource: ${resource} }] }]`;

describe('what services tell', () => {
  it('of a bucket is an answer only to what roles allow', () => {
    const bucket =
      '  Bucket: { Type: AWS::S3::Bucket, Properties: { NotificationConfiguration: { EventBridgeConfiguration: {} } } }\n';
    const rules = told(
      '!GetAtt F.Arn',
      '{ source: [aws.s3], detail-type: [Object Created, Object Deleted] }',
    );
    const policy = role('[s3:PutObject]', '!Sub "${Bucket.Arn}/*"');
    expect(found(bucket + rules + fn('F', policy)).emissions).toEqual([
      'Bucket: aws.s3@Object Created on default (catalogue)',
      'Bucket: aws.s3@Object Deleted on default (catalogue, entry)',
    ]);
  });

  it('is told of Standard workflows and not of Express ones', () => {
    const machine = (type: string): string =>
      `  M: { Type: AWS::StepFunctions::StateMachine, Properties: { StateMachineType: ${type}, RoleArn: r, Definition: { States: {} } } }\n`;
    const rules = told('!Ref M', '{ source: [aws.states] }');
    const event = 'M: aws.states@Step Functions Execution Status Change on default (catalogue)';
    expect(found(machine('STANDARD') + rules).emissions).toEqual([event]);
    expect(found(machine('EXPRESS') + rules).emissions).toEqual([]);
  });

  it.each([
    ['AWS::Batch::JobQueue', 'aws.batch', 'Batch Job State Change'],
    ['AWS::CodeBuild::Project', 'aws.codebuild', 'CodeBuild Build State Change'],
    ['AWS::CodePipeline::Pipeline', 'aws.codepipeline', 'CodePipeline Pipeline Execution State Change'],
    ['AWS::ECS::Cluster', 'aws.ecs', 'ECS Task State Change'],
    ['AWS::Glue::Workflow', 'aws.glue', 'Glue Job State Change'],
    [
      'AWS::SageMaker::Pipeline',
      'aws.sagemaker',
      'SageMaker Model Building Pipeline Execution Status Change',
    ],
    ['AWS::SSM::Document', 'aws.ssm', 'EC2 Command Status-change Notification'],
    ['AWS::EC2::Instance', 'aws.ec2', 'EC2 Instance State-change Notification'],
    ['AWS::CloudWatch::Alarm', 'aws.cloudwatch', 'CloudWatch Alarm State Change'],
    ['AWS::EventSchemas::Registry', 'aws.schemas', 'Schema Created'],
  ])('comes from %s', (type, source, detailType) => {
    const resources = `  X: { Type: ${type}, Properties: {} }\n`;
    const rules = told(
      'arn:aws:sns:eu-west-1:111122223333:t',
      `{ source: [${source}], detail-type: [${detailType}] }`,
    );
    expect(found(resources + rules).emissions).toEqual([
      `X: ${source}@${detailType} on default (catalogue, entry)`,
    ]);
  });

  it('comes from statements only where the target asks for it', () => {
    const target = (asks: string): string => `
  Told: { Type: AWS::Events::Rule, Properties: { EventPattern: { source: [shop, aws.redshift-data] }, Targets: [
    { Id: t, Arn: !Sub "arn:aws:redshift:eu-west-1:111122223333:cluster:c", RedshiftDataParameters: { Database: d, Sql: s, WithEvent: ${asks} } }] } }\n`;
    expect(found(target('true')).emissions).toEqual([
      expect.stringContaining(
        'aws.redshift-data@Redshift Data Statement Status Change on default (catalogue)',
      ),
    ]);
    expect(found(target('false')).emissions).toEqual([]);
  });

  it('comes from targets that are in no template', () => {
    const rules = told('arn:aws:ssm:eu-west-1::document/AWS-RunShellScript', '{ source: [aws.ssm] }');
    expect(found(rules).emissions).toEqual([
      expect.stringContaining(
        'aws.ssm@EC2 Automation Execution Status-change Notification on default (catalogue)',
      ),
    ]);
  });

  it('can be added to', () => {
    const resources = '  Server: { Type: AWS::Transfer::Server, Properties: {} }\n';
    const rules = told('!GetAtt F.Arn', '{ source: [aws.transfer] }');
    const entry = { source: 'aws.transfer', detailTypes: ['Uploaded'], types: ['AWS::Transfer::*'] };
    expect(found(resources + rules + fn('F', '[]'), {}, [], [entry]).emissions).toEqual([
      'Server: aws.transfer@Uploaded on default (catalogue, entry)',
    ]);
  });
});

describe('calls that CloudTrail tells', () => {
  const asks = (more = ''): string =>
    told('!GetAtt F.Arn', `{ source: [aws.ec2], detail-type: ["AWS API Call via CloudTrail"]${more} }`);
  const call = 'F: aws.ec2@AWS API Call via CloudTrail on default (iam)';

  it('come back where the role names the call', () => {
    const named = asks(', detail: { eventName: [RunInstances, CreateTags] }');
    expect(found(named + fn('F', role('ec2:CreateTags'))).emissions).toEqual([call]);
    expect(found(named + fn('F', role('ec2:StopInstances'))).emissions).toEqual([]);
    expect(found(asks() + fn('F', role('ec2:StopInstances'))).emissions).toEqual([call]);
  });

  it('do not come back where the role only reads, names another service, or allows everything', () => {
    expect(found(asks() + fn('F', role('ec2:DescribeInstances'))).emissions).toEqual([]);
    expect(found(asks() + fn('F', role('s3:*'))).emissions).toEqual([]);
    const everything = found(asks() + fn('F', role('"*"'))).emissions;
    expect(everything.filter((each) => each.includes('CloudTrail'))).toEqual([]);
  });
});

it('follows replays where a role names them', () => {
  const archive = '  Archive: { Type: AWS::Events::Archive, Properties: { SourceArn: !GetAtt Bus.Arn } }\n';
  const resources = bus + archive + rule('F');
  expect(found(resources + fn('F', role('events:StartReplay'))).emissions).toEqual([
    'F: some event on orders (iam)',
  ]);
  expect(found(resources + fn('F', role('events:DescribeArchive'))).emissions).toEqual([]);
});

describe('redrives of dead-letter queues', () => {
  const queues =
    '  Failed: { Type: AWS::SQS::Queue }\n' +
    '  Orders: { Type: AWS::SQS::Queue, Properties: { RedrivePolicy: { maxReceiveCount: 3, deadLetterTargetArn: !GetAtt Failed.Arn } } }\n' +
    '  Other: { Type: AWS::SQS::Queue }\n';
  const allowed = (action: string, on: string): string =>
    `  F: { Type: AWS::Serverless::Function, Properties: { Handler: f.handler, Runtime: nodejs22.x, CodeUri: src/, Policies: [{ Statement: [{ Effect: Allow, Action: ${action}, Resource: ${on} }] }] } }\n`;
  const moves = (resources: string): string[] =>
    found(queues + resources).calls.filter((id) => id.includes(' by '));

  it('bring what failed to its queue again, where a role names them', () => {
    expect(moves(allowed('sqs:StartMessageMoveTask', '!GetAtt Failed.Arn'))).toEqual([
      'Failed → Orders by F',
    ]);
    expect(moves(allowed('SQS:startmessagemovetask', '"*"'))).toEqual(['Failed → Orders by F']);
  });

  it('bring it to a queue that the role may send to', () => {
    const both = allowed(
      '[sqs:StartMessageMoveTask, sqs:SendMessage]',
      '[!GetAtt Failed.Arn, !GetAtt Other.Arn]',
    );
    expect(moves(both)).toEqual(['Failed → Orders by F', 'Failed → Other by F']);
  });

  it('are not there where the role names no dead-letter queue, another action, or everything', () => {
    expect(moves(allowed('sqs:StartMessageMoveTask', '!GetAtt Other.Arn'))).toEqual([]);
    expect(moves(allowed('sqs:ListMessageMoveTasks', '!GetAtt Failed.Arn'))).toEqual([]);
    expect(moves(allowed('sqs:*', '!GetAtt Failed.Arn'))).toEqual([]);
  });

  it('are not there for what a function could not handle: SQS moves the messages of queues only', () => {
    const asynchronous =
      '  Lost: { Type: AWS::SQS::Queue }\n' +
      '  G: { Type: AWS::Serverless::Function, Properties: { Handler: g.handler, Runtime: nodejs22.x, CodeUri: src/, DeadLetterQueue: { Type: SQS, TargetArn: !GetAtt Lost.Arn } } }\n';
    expect(moves(asynchronous + allowed('sqs:StartMessageMoveTask', '!GetAtt Lost.Arn'))).toEqual([]);
  });
});
