import { describe, expect, it } from 'vitest';
import { printPlace } from '../../../src/json/document.ts';
import { printHoles } from '../../../src/json/holes.ts';
import { valueOf } from '../../../src/json/node.ts';
import type { Loaded } from '../support/loading.ts';
import { fixture, loadBeside } from './support.ts';

const files = fixture('shop');
const plan = 'shop/plan.json';
const sources = ['shop/main.tf', 'shop/services.tf'];
const withFiles = loadBeside([plan], files);
const alone = loadBeside([plan], { [plan]: files[plan]! });
const unplanned = loadBeside(sources, { ...files, [plan]: '' });

const bus = 'bus shop-dev-orders';
const queue = (key: string) => `queue aws_sqs_queue.jobs["${key}"]`;
const worker = 'function module.worker[0].aws_lambda_function.this';
const expected = [
  `rule everywhere: ${bus} -> bus \${AWS::AccountId}/us-west-2/shop-dev-copies, api-destination aws_cloudwatch_event_api_destination.hook`,
  `rule shop-dev-created: ${bus} -> ${queue('created')}`,
  `rule shop-dev-shipped: ${bus} -> ${queue('shipped')}`,
  'rule nightly: bus default [nothing] -> state-machine aws_sfn_state_machine.report',
  'rule aws_cloudwatch_event_rule.uploaded (disabled): bus default -> task aws_ecs_task_definition.resize',
  'subscription aws_cloudwatch_log_subscription_filter.errors: log-group aws_cloudwatch_log_group.worker [unknown] -> stream aws_kinesis_stream.changes',
  'notification aws_dynamodb_table.orders.KinesisStreamSpecification: table aws_dynamodb_table.orders [everything] -> stream aws_kinesis_stream.changes',
  'destination aws_kinesis_firehose_delivery_stream.kept.ExtendedS3DestinationConfiguration: firehose aws_kinesis_firehose_delivery_stream.kept [everything] -> bucket aws_s3_bucket.uploads',
  'event-source-mapping aws_kinesis_firehose_delivery_stream.kept.KinesisStreamSource: stream aws_kinesis_stream.changes [everything] -> firehose aws_kinesis_firehose_delivery_stream.kept',
  `pipe aws_pipes_pipe.changes: table aws_dynamodb_table.orders -> ${bus}`,
  `notification aws_s3_bucket.uploads s3:ObjectCreated:*: bucket aws_s3_bucket.uploads [everything] -> ${queue('created')}`,
  `schedule aws_scheduler_schedule.remind: outside [everything] -> ${bus}`,
  `subscription aws_sns_topic_subscription.alerts: topic aws_sns_topic.alerts -> ${queue('shipped')}`,
  `redrive aws_sqs_queue.jobs["created"].RedrivePolicy: ${queue('created')} [everything] -> queue aws_sqs_queue.dead`,
  `redrive aws_sqs_queue.jobs["shipped"].RedrivePolicy: ${queue('shipped')} [everything] -> queue aws_sqs_queue.dead`,
  `event-source-mapping module.worker[0].aws_lambda_event_source_mapping.jobs: ${queue('created')} -> ${worker}`,
  `destination module.worker[0].aws_lambda_function_event_invoke_config.this.OnFailure: ${worker} [everything] -> ${bus}`,
].sort();

function statementsOf(loaded: Loaded): unknown[] {
  return loaded.resources
    .filter(({ type }) => /^AWS::IAM::(?:RolePolicy|ManagedPolicy)$/.test(type))
    .map(
      ({ attributes }) =>
        JSON.parse(printHoles(JSON.stringify(valueOf(attributes)))).Properties.PolicyDocument,
    );
}

describe('a real plan', () => {
  it('gives, with the files beside it, every route with its place in them', () => {
    expect([...withFiles.lines].sort()).toEqual(expected);
    expect(withFiles.diagnostics).toEqual([]);
    const places = withFiles.routes.map(({ span, filter }) => [
      printPlace(span),
      filter.kind === 'pattern' ? printPlace(filter.node.span) : undefined,
    ]);
    expect(places).toContainEqual(['shop/main.tf:110:1', 'shop/main.tf:113:20']);
    expect(places).toContainEqual(['shop/main.tf:42:1', 'shop/main.tf:47:19']);
    // In the file of the module that is called.
    expect(places).toContainEqual(['shop/worker/main.tf:44:1', 'shop/worker/main.tf:49:17']);
  });

  it('gives the same alone, but for a pattern that only the files tell, with places in the plan', () => {
    const open = (line: string): string =>
      line.includes('.uploaded') || line.startsWith('redrive') ? line.replace(' ->', ' [unknown] ->') : line;
    const lines = expected.filter((line) => !line.startsWith('redrive')).map(open);
    expect(alone.lines.filter((line) => !line.startsWith('redrive')).sort()).toEqual(lines.sort());
    expect(alone.diagnostics.map(({ code }) => code)).toEqual(['template/unresolved-pattern']);
    expect(new Set(alone.routes.map(({ span }) => span.document.path))).toEqual(new Set([plan]));
  });

  it('is much the same as its files without a plan, which say that they are that', () => {
    const findings = unplanned.diagnostics.map(({ code }) => code);
    expect(findings).toEqual(['template/without-plan']);
    expect([...unplanned.lines].sort()).toEqual(expected);
  });

  it('gives roles what their policies say, also where the plan does not know them yet', () => {
    for (const loaded of [withFiles, unplanned])
      expect(statementsOf(loaded)).toEqual([
        {
          Statement: [
            {
              Effect: 'Allow',
              Action: 'events:PutEvents',
              Resource: [
                expect.stringMatching(/:eu-west-1:.*event-bus\/shop-dev-orders$/),
                expect.stringMatching(/:us-west-2:.*event-bus\/shop-dev-copies$/),
              ],
              Condition: { StringEquals: { 'events:source': 'shop.reports' } },
            },
          ],
        },
        {
          Statement: [
            {
              Effect: 'Allow',
              Action: ['events:PutEvents'],
              Resource: [expect.stringMatching(/event-bus\/shop-dev-orders$/)],
              Condition: { StringEquals: { 'events:source': ['shop.worker'] } },
            },
          ],
        },
      ]);
    // A policy document is told by the plan's own configuration, too.
    expect(statementsOf(alone)[1]).toMatchObject({ Statement: [{ Action: ['events:PutEvents'] }] });
  });

  it('counts what it declares', () => {
    expect(withFiles.templates.reduce((sum, { rulesLoaded }) => sum + rulesLoaded, 0)).toBe(5);
    expect(withFiles.templates.reduce((sum, { rulesFound }) => sum + rulesFound, 0)).toBe(5);
  });
});

describe('a real state', () => {
  const state = loadBeside(['state/state.json'], fixture('state'));

  it('links by what is deployed', () => {
    expect(state.lines).toEqual([
      'rule loop: bus orders -> function aws_lambda_function.echo',
      'rule task: bus default -> task aws_ecs_task_definition.resize',
    ]);
    expect(state.diagnostics).toEqual([]);
    const role = state.resources.find(({ type }) => type === 'AWS::IAM::Role');
    expect(role?.addresses).toContain('arn:aws:iam::111122223333:role/echo');
  });
});
