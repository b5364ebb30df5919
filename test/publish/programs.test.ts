import { describe, expect, it } from 'vitest';
import { printHoles } from '../../src/json/holes.ts';
import { loadParsers } from '../../src/publish/code/parsers.ts';
import { publications } from '../../src/publish/publications.ts';
import { loadText, readIn } from './template.ts';

const parsers = await loadParsers();

/** What the component `Job` publishes, where the config says that its code is `code`. */
function published(job: string, code: string, files: Readonly<Record<string, string>>): string[] {
  const role =
    '  Role: { Type: AWS::IAM::Role, Properties: { Policies: [{ PolicyDocument: { Statement: [{ Effect: Allow, Action: events:PutEvents, Resource: "*" }] } }] } }\n';
  const parts = loadText(`Resources:\n${role}  Job: ${job}\n`, files);
  const { value } = publications({
    parts: {
      ...parts,
      components: parts.components.map((each) => (each.name === 'Job' ? { ...each, code } : each)),
    },
    resources: parts.resources,
    sources: { read: readIn(files), parsers },
    fields: { depthField: '_chain_depth', stageField: 'processing_stage' },
  });
  const shown = (text: string): string => printHoles(text).replace(/\$\{[^}]*\}/g, '…');
  const emissions = value.emissions.map(({ event, evidence, conditional }) => {
    const what = event ? `${shown(event.source)}@${shown(event.detailType)}` : 'some event';
    return `${what} (${evidence.kind}${conditional ? ', perhaps' : ''})`;
  });
  const silent = value.components.some(({ name, silence }) => name === 'Job' && silence);
  return silent ? [...emissions, 'silent'] : emissions;
}

const task = (environment = '[]'): string =>
  `{ Type: AWS::ECS::TaskDefinition, Properties: { TaskRoleArn: !GetAtt Role.Arn, ContainerDefinitions: [{ Name: app, Image: app, Environment: ${environment} }] } }`;
const python = (source: string, detailType: string): string =>
  `import os, boto3\ndef main():\n    boto3.client('events').put_events(Entries=[{'Source': ${source}, 'DetailType': ${detailType}, 'Detail': '{}'}])\nif __name__ == '__main__':\n    main()\n`;
const script = (entry: string): string =>
  `import { EventBridge } from '@aws-sdk/client-eventbridge';
   export const run = async () => new EventBridge().putEvents({ Entries: [{ ${entry}, Detail: '{}' }] });`;

describe('a program that the config names', () => {
  it('runs from its first line, the guard of its main file included', () => {
    const files = { 'app/main.py': python("'shop'", "'Extracted'") };
    expect(published(task(), 'app/main.py', files)).toEqual(['shop@Extracted (code)']);
  });

  it('is proven silent where all of it was followed', () => {
    expect(published(task(), 'app/main.py', { 'app/main.py': 'print("done")\n' })).toEqual(['silent']);
  });

  it('is called by its export where one is named', () => {
    const files = { 'app/job.ts': script("Source: 'shop', DetailType: 'Closed'") };
    expect(published(task(), 'app/job.ts#run', files)).toEqual(['shop@Closed (code)']);
    expect(published(task(), 'app/job.ts', files)).toEqual(['silent']);
  });

  it('reads the variables of its container, which a run may set anew', () => {
    const files = { 'app/main.py': python("os.environ['SOURCE']", "'Extracted'") };
    const given = published(task('[{ Name: SOURCE, Value: shop }]'), 'app/main.py', files);
    expect(given).toEqual(['shop@Extracted (code)', 'some event (iam, perhaps)']);
  });

  it('knows nothing of a variable that is empty or not there', () => {
    const files = { 'app/main.py': python("os.environ.get('SOURCE')", "'Extracted'") };
    expect(published(task('[{ Name: SOURCE, Value: "" }]'), 'app/main.py', files)[0]).toBe(
      '…@Extracted (code)',
    );
    expect(published(task(), 'app/main.py', files)[0]).toBe('…@Extracted (code)');
  });

  it('is never silent for the sake of a variable that a run may set', () => {
    const files = {
      'app/main.py': python("'shop'", "'Extracted'").replace(
        "if __name__ == '__main__':",
        "if os.environ.get('MODE') == 'publish':",
      ),
    };
    const dry = published(task('[{ Name: MODE, Value: dry }]'), 'app/main.py', files);
    expect(dry).not.toContain('silent');
    expect(dry).toContain('some event (iam, perhaps)');
    expect(published(task(), 'app/main.py', files)).toEqual(['shop@Extracted (code, perhaps)']);
  });

  it('does not know a variable to which containers of one task give two values', () => {
    const twice = task('[{ Name: SOURCE, Value: shop }, { Name: SOURCE, Value: till }]');
    const files = { 'app/main.py': python("os.environ['SOURCE']", "'Extracted'") };
    expect(published(twice, 'app/main.py', files)[0]).toBe('…@Extracted (code)');
  });

  it('is a build, too', () => {
    const build =
      '{ Type: AWS::CodeBuild::Project, Properties: { ServiceRole: !GetAtt Role.Arn, Environment: { EnvironmentVariables: [{ Name: SOURCE, Value: ci }, { Name: KIND, Type: SECRETS_MANAGER, Value: kind }] } } }';
    const files = { 'ci/main.py': python("os.environ['SOURCE']", "os.environ['KIND']") };
    expect(published(build, 'ci/main.py', files)[0]).toBe('ci@… (code)');
  });

  it('leaves what the role allows where the file is not there', () => {
    expect(published(task(), 'app/other.py', {})).toEqual(['some event (iam, perhaps)']);
  });
});
