import type { Span } from '../json/document.ts';
import { parseArn } from '../load/cloudformation/arn.ts';
import type { Component, ComponentKind } from '../model/component.ts';
import type { Route } from '../model/route.ts';
import { mayTake, surelyTakes } from './iam/glob.ts';
import type { Statement } from './iam/statement.ts';

/** What lets code hand something on to a component that may publish in turn. */
const handing: readonly (readonly [action: string, kinds: readonly ComponentKind[]])[] = [
  ['lambda:InvokeFunction', ['function']],
  ['states:StartExecution', ['state-machine']],
  ['states:StartSyncExecution', ['state-machine']],
  ['sqs:SendMessage', ['queue']],
  ['sns:Publish', ['topic']],
  ['dynamodb:PutItem', ['table']],
  ['dynamodb:UpdateItem', ['table']],
  ['dynamodb:DeleteItem', ['table']],
  ['dynamodb:BatchWriteItem', ['table']],
  ['kinesis:PutRecord', ['stream']],
  ['kinesis:PutRecords', ['stream']],
  ['firehose:PutRecord', ['firehose']],
  ['s3:PutObject', ['bucket']],
  ['s3:DeleteObject', ['bucket']],
  ['s3:PutObjectTagging', ['bucket']],
  ['s3:DeleteObjectTagging', ['bucket']],
  ['s3:PutObjectAcl', ['bucket']],
  ['s3:RestoreObject', ['bucket']],
  ['ecs:RunTask', ['task']],
  ['codebuild:StartBuild', ['build']],
  ['codepipeline:StartPipelineExecution', ['pipeline']],
];

/** Something a component may call: which one, and where that is said. */
export interface Called {
  readonly component: Component;
  readonly span: Span;
  /** What it may do; undefined: not known. */
  readonly actions?: readonly string[];
}

/**
 * The components a role lets its code hand something on to. Statements that name nothing in particular are passed
 * over: they would lead everywhere, and every role with `sqs:*` on `*` would close a loop.
 */
export function calledBy(statements: readonly Statement[], components: readonly Component[]): Called[] {
  const calls: Called[] = [];
  for (const { effect, actions, resources, span } of statements) {
    if (effect !== 'Allow' || actions.not || resources.not) continue;
    const allowed = handing.filter(([action]) =>
      actions.values.some((value) => mayTake(value.toLowerCase(), action.toLowerCase())),
    );
    const kinds = new Set(allowed.flatMap(([, each]) => each));
    if (kinds.size === 0) continue;
    const named = resources.values.filter((value) => !isVague(value));
    for (const component of components) {
      if (!kinds.has(component.kind)) continue;
      const addresses = component.addresses.flatMap((text) => placesOf(component.kind, text));
      if (named.some((value) => addresses.some((text) => text.startsWith('arn:') && names(value, text))))
        calls.push({
          component,
          span,
          actions: allowed.filter(([, each]) => each.includes(component.kind)).map(([action]) => action),
        });
    }
  }
  return calls;
}

/** What policies write for a component beside its ARN: the keys of a bucket, the versions of a function. */
function placesOf(kind: ComponentKind, arn: string): string[] {
  if (kind === 'bucket') return [arn, `${arn}/key`];
  return kind === 'function' ? [arn, `${arn}:version`] : [arn];
}

/** `*`, or an ARN whose own part is a wildcard or not known. */
export function isVague(pattern: string): boolean {
  return /^[*]$|:[*]$/.test(pattern) || /^\uE0F0(?!res:)[^\uE0F1]*\uE0F1$/.test(pattern);
}

/** Whether a pattern names an address, wherever that is; holes are taken as they are: one unknown name is not another. */
export function names(pattern: string, address: string): boolean {
  return surelyTakes(withoutPlace(pattern), withoutPlace(address));
}

function withoutPlace(text: string): string {
  const arn = parseArn(text);
  return arn ? `${arn.service}:${arn.resource}` : text;
}

/** A route from a component to one it calls. Whether and with what is not known: `state` says so. */
export function callRoute(from: string, name: string, { component, span }: Called, sure: boolean): Route {
  return {
    id: `${from} → ${component.id}`,
    kind: 'call',
    // In the words of a path: … → OrderFunction → OrderTable → …
    name,
    from: { kind: 'component', component: from },
    filter: { kind: 'everything' },
    state: sure ? 'enabled' : 'unknown',
    targets: [
      {
        id: component.name,
        to: { kind: 'component', component: component.id },
        arn: component.addresses[0] ?? component.id,
        shaping: { kind: 'event' },
        span,
      },
    ],
    span,
  };
}
