import { holeKeys, mayEqual } from '../json/holes.ts';
import type { ComponentKind } from '../model/component.ts';
import { type Arn, parseArn } from './cloudformation/arn.ts';

/** What an ARN names, whatever Region and account it is in: `lambda function:Audit`. Undefined: the text is no ARN. */
export function arnKey(text: string): string | undefined {
  const arn = parseArn(text);
  return arn && `${arn.service} ${bareResource(arn)}`;
}

/** The key of a bare name, which means something only to a service that expects it. */
export function nameKey(name: string, service: string): string {
  const prefix = prefixes[service] ?? '';
  return `${service} ${bareResource({ service, resource: name.startsWith(prefix) ? name : prefix + name })}`;
}

const prefixes: Readonly<Record<string, string>> = {
  lambda: 'function:',
  states: 'stateMachine:',
  kinesis: 'stream/',
  firehose: 'deliverystream/',
  dynamodb: 'table/',
  logs: 'log-group:',
};

/**
 * The resource part of an ARN without what only narrows it: the version of a function, the stream of a table, the
 * keys of a bucket, the generated end of an API destination.
 */
function bareResource({ service, resource }: Pick<Arn, 'service' | 'resource'>): string {
  switch (service) {
    case 'lambda':
    case 'states':
      return resource.split(/:(?![^\uE0F0]*\uE0F1)/, 2).join(':');
    case 'logs':
      return resource.replace(/:\*$/, '').replace(/:log-stream:.*$/, '');
    case 'dynamodb':
    case 'kinesis':
    case 'events':
      return resource.split(/\/(?![^\uE0F0]*\uE0F1)/, 2).join('/');
    case 's3':
      return resource.split('/', 1)[0]!;
    default:
      return resource;
  }
}

/** Whether two ARNs of one thing may be in the same account and Region. */
export function samePlace(a: Arn | undefined, b: Arn | undefined): boolean {
  if (!a || !b) return true;
  return mayMeet(a.region, b.region) && mayMeet(a.account, b.account);
}

function mayMeet(a: string, b: string): boolean {
  return a === '' || b === '' || mayEqual(a, b) !== 'no';
}

const kinds: Readonly<Record<string, ComponentKind>> = {
  lambda: 'function',
  states: 'state-machine',
  sqs: 'queue',
  sns: 'topic',
  ecs: 'task',
  kinesis: 'stream',
  dynamodb: 'table',
  s3: 'bucket',
  firehose: 'firehose',
  logs: 'log-group',
  'execute-api': 'api',
  apigateway: 'api',
  appsync: 'api',
  codebuild: 'build',
  codepipeline: 'pipeline',
};

/** What kind of thing an ARN names; `other` for what the tool has no word for, and for texts that are no ARN. */
export function kindOfAddress(text: string): ComponentKind {
  const arn = parseArn(text);
  if (!arn) return 'other';
  if (arn.service === 'events' && arn.resource.startsWith('api-destination/')) return 'api-destination';
  return kinds[arn.service] ?? 'other';
}

/**
 * The template resource an address belongs to by an unknown part: `res:T#Logical` or an attribute of it, as the
 * whole text or where an ARN has the name. A log group named after a function is not that function.
 */
export function ownerOf(text: string, isKnown: (id: string) => boolean): string | undefined {
  const named = parseArn(text)?.resource.replace(/^[a-zA-Z-]+[:/]/, '') ?? text.replace(/^https:\/\//, '');
  if (!named.startsWith('\uE0F0res:')) return undefined;
  const key = holeKeys(named)[0]!.slice('res:'.length);
  // An output of a stack that is not loaded is not the stack.
  if (/#[^.]*\.Outputs\./.test(key)) return undefined;
  return idWithin(key, isKnown);
}

/** The id that a key is, or begins with: what follows is an attribute. Ids may have dots themselves. */
export function idWithin(key: string, isKnown: (id: string) => boolean): string | undefined {
  for (let id = key; ; ) {
    if (isKnown(id)) return id;
    const dot = id.lastIndexOf('.');
    if (dot <= id.indexOf('#')) return undefined;
    id = id.slice(0, dot);
  }
}
