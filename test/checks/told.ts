import { cli, folderWith } from '../support/cli.ts';

/** The finding of one code, as `severity: message`, of a folder with these files. */
export async function told(
  code: string,
  files: Readonly<Record<string, string>>,
  ...line: string[]
): Promise<string[]> {
  const { out } = await cli(['check', '--format', 'json', ...line], folderWith(files));
  const { findings } = JSON.parse(out) as { findings: { code: string; severity: string; message: string }[] };
  return findings
    .filter((each) => each.code === code)
    .map(({ severity, message }) => `${severity}: ${message}`);
}

/** A schema of `detail`; closed, so that every field is known. */
export function schema(eventType: string, properties: object, more: object = {}): string {
  const [source, detailType] = eventType.split('@');
  return JSON.stringify({
    'x-amazon-events-source': source,
    'x-amazon-events-detail-type': detailType,
    type: 'object',
    properties,
    required: Object.keys(properties),
    ...more,
  });
}

/** A template with rules by name, each with its pattern, on a queue that anything may be sent to. */
export function rules(patterns: Readonly<Record<string, string>>, more = ''): string {
  const written = Object.entries(patterns).map(
    ([name, pattern]) => `
  ${name}:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: ${pattern}
      Targets: [{ Id: work, Arn: !GetAtt Work.Arn }]`,
  );
  return `Resources:${written.join('')}
  Work: { Type: AWS::SQS::Queue }
  WorkPolicy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Work]
      PolicyDocument: { Statement: { Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: "sqs:*" } }
${more}`;
}

/** A function that publishes an event on the default bus. */
export function publisher(name: string, eventType: string, more = ''): string {
  return `  ${name}:
    Type: AWS::Serverless::Function
    Metadata: { Busproof: { publishes: [{ event: ${eventType}, bus: ${more || 'default'} }] } }
`;
}
