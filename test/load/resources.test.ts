import { describe, expect, it } from 'vitest';
import { load } from './support/loading.ts';

interface Case {
  readonly name: string;
  readonly template: string;
  /** The routes that come of it. */
  readonly routes: readonly string[];
  readonly codes?: readonly string[];
}

const fn = '  Fn: {Type: AWS::Lambda::Function}';
const queue = '  Queue: {Type: AWS::SQS::Queue}';
const bus = '  Bus: {Type: AWS::Events::EventBus, Properties: {Name: shop}}';
const pattern = 'EventPattern: {source: [shop.orders]}';

function rule(properties: string, target = '!GetAtt Fn.Arn'): string {
  return `  R: {Type: AWS::Events::Rule, Properties: {${properties}, Targets: [{Id: t, Arn: ${target}}]}}`;
}

const cases: readonly Case[] = [
  {
    name: 'a rule without a bus is on the default bus',
    template: `Resources:\n${fn}\n${rule(pattern)}`,
    routes: ['rule R: bus default -> function Fn'],
  },
  {
    name: 'a bus by Ref, by name, by ARN and by attribute is one bus',
    template: `Resources:
${bus}
${fn}
  A: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Bus, ${pattern}}}
  B: {Type: AWS::Events::Rule, Properties: {EventBusName: shop, ${pattern}}}
  C: {Type: AWS::Events::Rule, Properties: {EventBusName: !GetAtt Bus.Arn, ${pattern}}}
  D: {Type: AWS::Events::Rule, Properties: {EventBusName: !GetAtt Bus.Name, ${pattern}}}
  E: {Type: AWS::Events::Rule, Properties: {EventBusName: !Sub 'arn:aws:events:\${AWS::Region}:\${AWS::AccountId}:event-bus/shop', ${pattern}}}
  F: {Type: AWS::Events::Rule, Properties: {EventBusName: 'arn:aws:events:eu-west-1:111122223333:event-bus/shop', ${pattern}}}
`,
    routes: ['A', 'B', 'C', 'D', 'E', 'F'].map((name) => `rule ${name}: bus shop -> nothing`),
  },
  {
    name: 'the default bus of another account or Region is another bus',
    template: `Resources:
${rule(pattern, "'arn:aws:events:eu-west-1:111122223333:event-bus/default'")}
  S: {Type: AWS::Events::Rule, Properties: {${pattern}, Targets: [{Id: t, Arn: !Sub 'arn:aws:events:\${AWS::Region}:\${AWS::AccountId}:event-bus/default'}]}}`,
    routes: [
      'rule R: bus default -> bus 111122223333/eu-west-1/default',
      'rule S: bus default -> bus default',
    ],
  },
  {
    name: 'a rule by schedule takes nothing from its bus',
    template: `Resources:\n${fn}\n${rule('ScheduleExpression: rate(1 day), State: DISABLED')}`,
    routes: ['rule R (disabled): bus default [nothing] -> function Fn'],
  },
  {
    name: 'a pattern as JSON text, and one with Fn::Sub',
    template: `Resources:\n${fn}\n${rule(`EventPattern: '{"source":["a"]}'`)}
  S:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: !Sub |
        {"account": ["\${AWS::AccountId}"], "source": ["a"]}
      State: !Ref State
Parameters: {State: {Type: String}}`,
    routes: ['rule R: bus default -> function Fn', 'rule S (unknown): bus default -> nothing'],
  },
  {
    name: 'a pattern that is decided at deployment',
    template: `Parameters: {P: {Type: String}}
Conditions: {C: !Equals [!Ref P, x]}
Resources:
  A: {Type: AWS::Events::Rule, Properties: {EventPattern: !Ref P}}
  B: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: !If [C, [a], [b]]}}}
  C: {Type: AWS::Events::Rule, Properties: {EventPattern: {detail: {n: [{numeric: ['>', !Ref P]}]}}}}
  D: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [!Ref P]}}}
  E: {Type: AWS::Events::Rule, Properties: {EventPattern: !Sub '{"detail": {"n": [{"numeric": [">", \${P}]}]}}'}}`,
    routes: ['A', 'B', 'C']
      .map((name) => `rule ${name}: bus default [unknown] -> nothing`)
      .concat(['rule D: bus default -> nothing', 'rule E: bus default [unknown] -> nothing']),
    codes: Array.from({ length: 4 }, () => 'template/unresolved-pattern'),
  },
  {
    name: 'targets a condition chooses are all there',
    template: `Parameters: {P: {Type: String}}
Conditions: {C: !Equals [!Ref P, x]}
Resources:
${fn}
${queue}
  R:
    Type: AWS::Events::Rule
    Properties:
      ${pattern}
      Targets:
        - {Id: a, Arn: !If [C, !GetAtt Fn.Arn, !GetAtt Queue.Arn]}
        - !If [C, {Id: b, Arn: !GetAtt Fn.Arn}, !Ref AWS::NoValue]`,
    routes: ['rule R: bus default -> function Fn, queue Queue, function Fn'],
  },
  {
    name: 'targets of many kinds, by type where the tool has no name for them',
    template: `Resources:
  Topic: {Type: AWS::SNS::Topic}
  Logs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /aws/events/all}}
  Machine: {Type: AWS::StepFunctions::StateMachine}
  Stream: {Type: AWS::Kinesis::Stream}
  Cluster: {Type: AWS::ECS::Cluster}
  Build: {Type: AWS::CodeBuild::Project}
  Alias: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Fn, Name: live}}
  Api: {Type: AWS::Events::ApiDestination, Properties: {Name: hook}}
  Rest: {Type: AWS::ApiGateway::RestApi}
  Thing: {Type: Custom::Thing}
${fn}
  R:
    Type: AWS::Events::Rule
    Properties:
      ${pattern}
      Targets:
        - {Id: a, Arn: !Ref Topic}
        - {Id: b, Arn: !Sub 'arn:aws:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:/aws/events/all'}
        - {Id: c, Arn: !Ref Machine}
        - {Id: d, Arn: !GetAtt Stream.Arn}
        - {Id: e, Arn: !GetAtt Cluster.Arn}
        - {Id: f, Arn: !GetAtt Build.Arn}
        - {Id: g, Arn: !Ref Alias}
        - {Id: h, Arn: !GetAtt Api.Arn}
        - {Id: i, Arn: !Sub 'arn:aws:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Rest}/prod/POST/x'}
        - {Id: j, Arn: !GetAtt Thing.Arn}
        - {Id: k, Arn: !Sub 'arn:aws:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:/aws/lambda/\${Fn}'}
        - {Id: l, Arn: 'arn:aws:sqs:eu-west-1:111122223333:elsewhere'}`,
    routes: [
      'rule R: bus default -> topic Topic, log-group Logs, state-machine Machine, stream Stream, task Cluster, ' +
        'build Build, function Fn, api-destination Api, api Rest, other Thing, ' +
        'undeclared log-group log-group:/aws/lambda/${res:Fn}, undeclared queue elsewhere',
    ],
  },
  {
    name: 'what runs in a cluster or queue, and what a version or an alias is of',
    template: `Resources:
  Cluster: {Type: AWS::ECS::Cluster}
  Task: {Type: AWS::ECS::TaskDefinition}
  Jobs: {Type: AWS::Batch::JobQueue}
  Job: {Type: AWS::Batch::JobDefinition}
  Machine: {Type: AWS::StepFunctions::StateMachine, Properties: {StateMachineName: m}}
  Version: {Type: AWS::StepFunctions::StateMachineVersion, Properties: {StateMachineArn: !Ref Machine}}
  Alias: {Type: AWS::StepFunctions::StateMachineAlias, Properties: {RoutingConfiguration: [{StateMachineVersionArn: !Ref Version, Weight: 100}]}}
  Stream: {Type: AWS::Kinesis::Stream}
  Reader: {Type: AWS::Kinesis::StreamConsumer, Properties: {StreamARN: !GetAtt Stream.Arn}}
${fn}
  Poll: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Fn, EventSourceArn: !Ref Reader}}
  R:
    Type: AWS::Events::Rule
    Properties:
      ${pattern}
      Targets:
        - {Id: a, Arn: !GetAtt Cluster.Arn, EcsParameters: {TaskDefinitionArn: !Ref Task}}
        - {Id: b, Arn: !Ref Jobs, BatchParameters: {JobDefinition: !Ref Job, JobName: j}}
        - {Id: c, Arn: !Ref Alias}`,
    routes: [
      'event-source-mapping Poll: stream Stream [everything] -> function Fn',
      'rule R: bus default -> task Task, task Job, state-machine Machine',
    ],
  },
  {
    name: 'SAM: rules of functions and state machines, schedules, entry points',
    template: `Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Timeout: 5}}
Resources:
${bus}
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Rule: {Type: EventBridgeRule, Properties: {EventBusName: !Ref Bus, RuleName: named, Pattern: {source: [a]}}}
        Old: {Type: CloudWatchEvent, Properties: {Pattern: {source: [a]}, Enabled: false}}
        Daily: {Type: Schedule, Properties: {Schedule: rate(1 day)}}
        Later: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 day)}}
        Get: {Type: HttpApi, Properties: {Path: /x, Method: get}}
        Poll: {Type: SQS, Properties: {Queue: !GetAtt Queue.Arn}}
        Changes: {Type: DynamoDB, Properties: {Stream: !GetAtt Table.StreamArn}}
        Put: {Type: S3, Properties: {Bucket: !Ref Bucket, Events: s3:ObjectCreated:*}}
        Said: {Type: SNS, Properties: {Topic: !Ref Topic}}
${queue}
  Table: {Type: AWS::DynamoDB::Table}
  Bucket: {Type: AWS::S3::Bucket}
  Topic: {Type: AWS::SNS::Topic}
  Machine:
    Type: AWS::Serverless::StateMachine
    Properties: {Events: {Go: {Type: EventBridgeRule, Properties: {Pattern: {source: [a]}}}}}`,
    routes: [
      'rule named: bus shop -> function Fn',
      'rule FnOld (disabled): bus default -> function Fn',
      'rule FnDaily: bus default [nothing] -> function Fn',
      'schedule FnLater: outside [everything] -> function Fn',
      'notification HttpApi get /x: outside [everything] -> function Fn',
      'event-source-mapping FnPoll: queue Queue [everything] -> function Fn',
      'event-source-mapping FnChanges: table Table [everything] -> function Fn',
      'notification FnPut: bucket Bucket [everything] -> function Fn',
      'subscription FnSaid: topic Topic [everything] -> function Fn',
      'rule MachineGo: bus default -> state-machine Machine',
    ],
  },
  {
    name: 'destinations, dead letters and redrives',
    template: `Resources:
${bus}
${queue}
  Fn: {Type: AWS::Lambda::Function, Properties: {DeadLetterConfig: {TargetArn: !GetAtt Queue.Arn}}}
  Main: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Queue.Arn, maxReceiveCount: 3}}}
  Invoke:
    Type: AWS::Lambda::EventInvokeConfig
    Properties:
      FunctionName: !Ref Fn
      Qualifier: $LATEST
      DestinationConfig: {OnSuccess: {Destination: !GetAtt Bus.Arn}, OnFailure: {Destination: !GetAtt Queue.Arn}}
  Sam:
    Type: AWS::Serverless::Function
    Properties:
      DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt Queue.Arn}
      EventInvokeConfig: {DestinationConfig: {OnSuccess: {Type: EventBridge, Destination: !GetAtt Bus.Arn}}}`,
    routes: [
      'redrive Fn.DeadLetterConfig: function Fn [everything] -> queue Queue',
      'redrive Main.RedrivePolicy: queue Main [everything] -> queue Queue',
      'destination Invoke.OnSuccess: function Fn [everything] -> bus shop',
      'destination Invoke.OnFailure: function Fn [everything] -> queue Queue',
      'redrive Sam.DeadLetterQueue: function Sam [everything] -> queue Queue',
      'destination Sam.OnSuccess: function Sam [everything] -> bus shop',
    ],
  },
  {
    name: 'mappings, subscriptions, notifications, streams',
    template: `Resources:
${fn}
${queue}
  Topic: {Type: AWS::SNS::Topic, Properties: {Subscription: [{Protocol: sqs, Endpoint: !GetAtt Queue.Arn}]}}
  Sub: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: lambda, Endpoint: !GetAtt Fn.Arn, FilterPolicy: {kind: [a]}}}
  Body: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: lambda, Endpoint: !GetAtt Fn.Arn, FilterPolicyScope: MessageBody, FilterPolicy: {kind: [a]}}}
  Poll: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Fn, EventSourceArn: !GetAtt Queue.Arn, Enabled: false, FilterCriteria: {Filters: [{Pattern: '{"body":{"a":[1]}}'}]}}}
  Bucket: {Type: AWS::S3::Bucket, Properties: {NotificationConfiguration: {QueueConfigurations: [{Event: s3:ObjectCreated:*, Queue: !GetAtt Queue.Arn}]}}}
  Stream: {Type: AWS::Kinesis::Stream}
  Hose: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {KinesisStreamSourceConfiguration: {KinesisStreamARN: !GetAtt Stream.Arn}, ExtendedS3DestinationConfiguration: {BucketARN: !GetAtt Bucket.Arn}}}
  Group: {Type: AWS::Logs::LogGroup}
  Filter: {Type: AWS::Logs::SubscriptionFilter, Properties: {LogGroupName: !Ref Group, DestinationArn: !GetAtt Fn.Arn, FilterPattern: ''}}`,
    routes: [
      'subscription Topic: topic Topic [everything] -> queue Queue',
      'subscription Sub: topic Topic [unknown] -> function Fn',
      'subscription Body: topic Topic -> function Fn',
      'event-source-mapping Poll (disabled): queue Queue -> function Fn',
      'notification Bucket s3:ObjectCreated:*: bucket Bucket [everything] -> queue Queue',
      'destination Hose.ExtendedS3DestinationConfiguration: firehose Hose [everything] -> bucket Bucket',
      'event-source-mapping Hose.KinesisStreamSource: stream Stream [everything] -> firehose Hose',
      'subscription Filter: log-group Group [everything] -> function Fn',
    ],
  },
  {
    name: 'pipes, schedules and buses of the second generation',
    template: `Resources:
${bus}
${queue}
${fn}
  Pipe: {Type: AWS::Pipes::Pipe, Properties: {Source: !GetAtt Queue.Arn, Target: !GetAtt Bus.Arn, DesiredState: STOPPED, SourceParameters: {FilterCriteria: {Filters: [{Pattern: '{"body":{"a":[1]}}'}, {Pattern: '{"body":{"b":[1]}}'}]}}}}
  Nightly: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), Target: {Arn: !GetAtt Bus.Arn, EventBridgeParameters: {Source: a, DetailType: b}}}}
  New: {Type: AWS::EventsV2::EventBus, Properties: {Name: shop}}
  Subscriber:
    Type: AWS::EventsV2::Subscriber
    Properties:
      EventBusArn: !Ref New
      FilterConfiguration: {Filters: [{Scope: DATA, Pattern: '{"source":["a"]}'}]}
      InvokeConfiguration: {TargetArn: !GetAtt Fn.Arn}
  Source:
    Type: AWS::EventsV2::EventSource
    Properties: {EventBusArn: !Ref New, Configuration: {AwsServiceEventsConfiguration: {AwsService: s3}}}`,
    routes: [
      'pipe Pipe (disabled): queue Queue -> bus shop',
      'schedule Nightly: outside [everything] -> bus shop',
      'subscriber Subscriber: bus v2/shop -> function Fn',
      'rule Source: bus default [unknown] -> bus v2/shop',
    ],
  },
  {
    name: 'a loop writes out what it declares',
    template: `Transform: AWS::LanguageExtensions
Parameters: {Names: {Type: CommaDelimitedList, Default: 'A,B'}}
Resources:
  Fn::ForEach::Rules:
    - Name
    - !Ref Names
    - Rule\${Name}: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [!Sub 'shop.\${Name}']}}}`,
    routes: ['rule RuleA: bus default -> nothing', 'rule RuleB: bus default -> nothing'],
  },
  {
    name: 'what a loop over unknown values declares is not seen, and said to be',
    template: `Parameters: {Names: {Type: CommaDelimitedList}}
Resources:
  Fn::ForEach::Rules: [Name, !Ref Names, {'Rule\${Name}': {Type: AWS::Events::Rule}}]`,
    routes: [],
    codes: ['template/unknown-loop'],
  },
  {
    name: 'the rule the Serverless Framework made before it used CloudFormation',
    template: `Resources:
${fn}
  Custom: {Type: Custom::EventBridge, Properties: {FunctionName: !Ref Fn, EventBridgeConfig: {RuleName: r, EventBus: default, Pattern: {source: [a]}}}}`,
    routes: ['rule r: bus default -> function Fn'],
  },
];

describe('template resources', () => {
  it.each(cases)('$name', ({ template, routes, codes = [] }) => {
    const loaded = load({ 't.yaml': template });
    expect(loaded.lines).toEqual(routes);
    expect(loaded.diagnostics.map(({ code }) => code)).toEqual(codes);
  });

  it('keeps a rule whose condition is false, and says so', () => {
    const loaded = load({
      't.yaml': `Parameters: {P: {Type: String, Default: a}, Q: {Type: String}}
Conditions: {Never: !Equals [!Ref P, b], Maybe: !Equals [!Ref Q, b]}
Resources:
  A: {Type: AWS::Events::Rule, Condition: Never, Properties: {${pattern}}}
  B: {Type: AWS::Events::Rule, Condition: Maybe, Properties: {${pattern}}}`,
    });
    expect(loaded.routes.map(({ condition }) => condition)).toEqual([
      { name: 'Never', holds: false },
      { name: 'Maybe', holds: 'unknown' },
    ]);
  });

  it('reads retries, dead letters, shaping and parameters of a target', () => {
    const loaded = load({
      't.yaml': `Resources:
  Dlq: {Type: AWS::SQS::Queue, Properties: {QueueName: dlq}}
  R:
    Type: AWS::Events::Rule
    Properties:
      ${pattern}
      Targets:
        - Id: one
          Arn: !GetAtt Dlq.Arn
          RetryPolicy: {MaximumRetryAttempts: 4, MaximumEventAgeInSeconds: '60'}
          DeadLetterConfig: {Arn: !GetAtt Dlq.Arn}
          InputTransformer: {InputPathsMap: {id: $.detail.id}, InputTemplate: '{"id": <id>}'}
          SqsParameters: {MessageGroupId: g}
        - {Id: two, Arn: !GetAtt Dlq.Arn, Input: '{"a": 1}'}
        - {Id: three, Arn: !GetAtt Dlq.Arn, InputPath: $.detail}`,
    });
    const [one, two, three] = loaded.routes[0]!.targets;
    expect(one).toMatchObject({
      id: 'one',
      retry: { maxAttempts: 4, maxAgeSeconds: 60 },
      shaping: { kind: 'transformer', paths: { id: '$.detail.id' }, template: '{"id": <id>}' },
    });
    expect(one?.deadLetterArn).toMatch(/:dlq$/);
    expect(two?.shaping).toMatchObject({ kind: 'constant', text: '{"a": 1}' });
    expect(three?.shaping).toMatchObject({ kind: 'path', path: '$.detail' });
  });

  it('puts Globals into functions, and keeps metadata and properties resolved', () => {
    const loaded = load({
      't.yaml': `Transform: [AWS::Serverless-2016-10-31]
Globals: {Function: {Runtime: nodejs24.x, Environment: {Variables: {BUS: !Ref Bus, STAGE: all}}}}
Resources:
${bus}
  Fn:
    Type: AWS::Serverless::Function
    Metadata: {Busproof: {publishes: [!Sub '\${Bus}@Done']}}
    Properties: {Environment: {Variables: {STAGE: own}}}`,
    });
    const fnComponent = loaded.components.find(({ name }) => name === 'Fn');
    expect(JSON.stringify(fnComponent?.metadata, withoutSpans)).toContain('shop@Done');
    const properties = JSON.stringify(fnComponent?.properties, withoutSpans);
    for (const text of ['nodejs24.x', '"BUS"', '"shop"', '"own"']) expect(properties).toContain(text);
    expect(properties).not.toContain('"all"');
  });
});

function withoutSpans(key: string, value: unknown): unknown {
  return key === 'span' || key === 'keySpan' ? undefined : value;
}
