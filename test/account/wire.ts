import type { IncomingMessage } from 'node:http';
import { type CommandName, commands } from '../../src/io/account/commands.ts';

/** A call as it came over the wire, whatever protocol its service speaks. */
export interface WireCall {
  readonly command: CommandName;
  /** The Region it was signed for. */
  readonly region: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Thrown by answers: what the service says when it does not answer. */
export class Refusal extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number, message = code) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** Reads AWS's JSON, REST and query protocols, as far as the table of commands goes. */
export function readCall(request: IncomingMessage, body: string): WireCall {
  const scope = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? '');
  return { ...readRequest(request, body), region: scope?.[1] ?? '' };
}

function readRequest(request: IncomingMessage, body: string): Omit<WireCall, 'region'> {
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') return known(target.split('.')[1]!, JSON.parse(body || '{}'));
  const url = new URL(request.url ?? '/', 'http://loopback');
  const query = Object.fromEntries(url.searchParams);
  const form = new URLSearchParams(body);
  const action = form.get('Action');
  if (action !== null) return known(action, Object.fromEntries(form));
  for (const [method, path, command, keys] of routes) {
    const match = request.method === method ? path.exec(url.pathname) : null;
    if (!match) continue;
    if (command === 'GetBucketNotificationConfiguration' && !url.searchParams.has('notification')) continue;
    const named = keys.map((key, index) => [key, decodeURIComponent(match[index + 1]!)] as const);
    return known(command, { ...query, ...Object.fromEntries(named) });
  }
  throw new Refusal('UnknownOperationException', 400, `${request.method} ${request.url}`);
}

function known(name: string, input: Readonly<Record<string, unknown>>): Omit<WireCall, 'region'> {
  if (!Object.hasOwn(commands, name)) throw new Refusal('UnknownOperationException', 400, name);
  return { command: name as CommandName, input };
}

const routes: readonly (readonly [
  method: string,
  path: RegExp,
  command: CommandName,
  keys: readonly string[],
])[] = [
  ['GET', /^\/2015-03-31\/functions\/?$/, 'ListFunctions', []],
  ['GET', /^\/2015-03-31\/event-source-mappings\/?$/, 'ListEventSourceMappings', []],
  [
    'GET',
    /^\/2019-09-25\/functions\/([^/]+)\/event-invoke-config\/list$/,
    'ListFunctionEventInvokeConfigs',
    ['FunctionName'],
  ],
  ['GET', /^\/v1\/pipes$/, 'ListPipes', []],
  ['GET', /^\/v1\/pipes\/([^/]+)$/, 'DescribePipe', ['Name']],
  ['GET', /^\/schedules$/, 'ListSchedules', []],
  ['GET', /^\/schedules\/([^/]+)$/, 'GetSchedule', ['Name']],
  ['GET', /^\/$/, 'ListBuckets', []],
  ['GET', /^\/([^/]+)\/?$/, 'GetBucketNotificationConfiguration', ['Bucket']],
];

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Writes an answer in the protocol of the command's service. */
export function writeAnswer({ command }: WireCall, output: object): WireAnswer {
  const { client } = commands[command];
  const id = { 'x-amzn-requestid': 'loopback' };
  if (client === 'iam' || client === 'sns') {
    const result = xml(`${command}Result`, output, 'member');
    return {
      status: 200,
      headers: { 'content-type': 'text/xml', ...id },
      body: `<${command}Response>${result}</${command}Response>`,
    };
  }
  if (client === 's3') {
    const root = command === 'ListBuckets' ? 'ListAllMyBucketsResult' : 'NotificationConfiguration';
    return {
      status: 200,
      headers: { 'content-type': 'application/xml', ...id },
      body: `<?xml version="1.0"?>${command === 'ListBuckets' ? xml(root, output, 'Bucket') : notificationXml(output)}`,
    };
  }
  return {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.0', ...id },
    body: JSON.stringify(output),
  };
}

export function writeRefusal(call: WireCall | undefined, { code, status, message }: Refusal): WireAnswer {
  const client = call && commands[call.command].client;
  if (client === 'iam' || client === 'sns') {
    const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
    return { status, headers: { 'content-type': 'text/xml' }, body };
  }
  if (client === 's3') {
    const body = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
    return { status, headers: { 'content-type': 'application/xml' }, body };
  }
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: JSON.stringify({ __type: code, message }),
  };
}

function xml(name: string, value: unknown, item: string): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) {
    const items = value.map((each) => xml(item, each, item)).join('');
    return `<${name}>${items}</${name}>`;
  }
  if (typeof value !== 'object') return `<${name}>${escape(String(value))}</${name}>`;
  const members = Object.entries(value).map(([key, each]) =>
    key === 'Attributes' ? attributesXml(each as object) : xml(key, each, item),
  );
  return `<${name}>${members.join('')}</${name}>`;
}

/** A map, as the query protocol writes it. */
function attributesXml(map: object): string {
  const entries = Object.entries(map).map(
    ([key, value]) => `<entry><key>${escape(key)}</key><value>${escape(String(value))}</value></entry>`,
  );
  return `<Attributes>${entries.join('')}</Attributes>`;
}

/** S3 repeats an element for each item of a list, and calls them after one of their members. */
function notificationXml(output: object): string {
  const elements: Readonly<Record<string, readonly [element: string, arn: string, name: string]>> = {
    LambdaFunctionConfigurations: ['CloudFunctionConfiguration', 'LambdaFunctionArn', 'CloudFunction'],
    QueueConfigurations: ['QueueConfiguration', 'QueueArn', 'Queue'],
    TopicConfigurations: ['TopicConfiguration', 'TopicArn', 'Topic'],
  };
  const parts = Object.entries(output).map(([key, value]) => {
    const [element, arn, name] = elements[key] ?? [];
    if (!element) return `<${key}></${key}>`;
    return (value as readonly Readonly<Record<string, unknown>>[])
      .map((each) => {
        const events = (each['Events'] as readonly string[]).map((event) => `<Event>${event}</Event>`);
        return `<${element}><${name}>${escape(String(each[arn!]))}</${name}>${events.join('')}</${element}>`;
      })
      .join('');
  });
  return `<NotificationConfiguration>${parts.join('')}</NotificationConfiguration>`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
