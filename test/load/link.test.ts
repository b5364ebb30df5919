import { describe, expect, it } from 'vitest';
import { documentOf } from '../../src/json/document.ts';
import { load } from './support/loading.ts';

const producer = `Parameters: {Stage: {Type: String}}
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: !Sub 'shop-\${Stage}'}}
  Topic: {Type: AWS::SNS::Topic}
  BusName: {Type: AWS::SSM::Parameter, Properties: {Name: !Sub '/\${Stage}/bus', Value: !Ref Bus}}
Outputs:
  Bus: {Value: !Ref Bus, Export: {Name: shop-bus}}
  Arn: {Value: !GetAtt Bus.Arn, Export: {Name: !Sub '\${Stage}-bus-arn'}}
  Topic: {Value: !Ref Topic, Export: {Name: topic}}
`;

function consumer(bus: string, parameters = ''): string {
  return `Parameters: {Stage: {Type: String}${parameters}}
Resources:
  R: {Type: AWS::Events::Rule, Properties: {EventBusName: ${bus}, EventPattern: {source: [a]}, Targets: [{Id: t, Arn: !ImportValue topic}]}}
`;
}

describe('templates together', () => {
  const rule = 'rule R: bus shop-${param:Stage} -> topic Topic';

  it.each([
    ['an export', '!ImportValue shop-bus', ''],
    ['an export under a name with a hole', "!ImportValue {'Fn::Sub': '${Stage}-bus-arn'}", ''],
    ['a dynamic reference', "!Sub '{{resolve:ssm:/${Stage}/bus:1}}'", ''],
    ['the same text', "!Sub 'shop-${Stage}'", ''],
    [
      'an ARN of the same text',
      "!Sub 'arn:aws:events:${AWS::Region}:${AWS::AccountId}:event-bus/shop-${Stage}'",
      '',
    ],
  ])('are linked by %s', (_, bus, parameters) => {
    const loaded = load({ 'a.yaml': producer, 'b.yaml': consumer(bus, parameters) });
    expect(loaded.lines).toEqual([rule]);
    expect(loaded.diagnostics).toEqual([]);
    expect(loaded.buses.filter(({ declared }) => !declared)).toEqual([]);
  });

  it('are linked by an SSM parameter and by given values', () => {
    const parameters = ", Bus: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /dev/bus}";
    const files = { 'a.yaml': producer, 'b.yaml': consumer('!Ref Bus', parameters) };
    expect(load(files, { parameters: { Stage: 'dev' } }).lines).toEqual([
      'rule R: bus shop-dev -> topic Topic',
    ]);
    expect(load(files).lines).toEqual(['rule R: bus ${ssm:/dev/bus} -> topic Topic']);
  });

  it('are linked by a parameter of the same name without a default', () => {
    const one = consumer('!Ref TheBus', ', TheBus: {Type: String}');
    const loaded = load({ 'a.yaml': one, 'b.yaml': one });
    const [first, second] = loaded.routes;
    expect(first?.from).toEqual(second?.from);
  });

  it('are not linked by the name of their stack', () => {
    const one = consumer("!Sub '${AWS::StackName}-bus'");
    const [first, second] = load({ 'a.yaml': one, 'b.yaml': one }).routes;
    expect(first?.from).not.toEqual(second?.from);
  });

  it('prefer what stands in the same file when two are called the same', () => {
    const text = `Resources:
  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: q}}
  R: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [a]}, Targets: [{Id: t, Arn: !GetAtt Q.Arn}]}}`;
    const { routes } = load({ 'a.yaml': text, 'b.yaml': text });
    expect(routes.map(({ targets }) => targets[0]!.to)).toEqual([
      { kind: 'component', component: 'a.yaml#Q' },
      { kind: 'component', component: 'b.yaml#Q' },
    ]);
  });

  it('end where exports import each other', () => {
    const circle = (own: string, other: string): string => `Resources: {W: {Type: AWS::SNS::Topic}}
Outputs: {X: {Value: !ImportValue ${other}, Export: {Name: ${own}}}}`;
    const loaded = load({
      'a.yaml': circle('x', 'y'),
      'b.yaml': circle('y', 'x'),
      'c.yaml': consumer('!ImportValue x').replace('!ImportValue topic', 'arn:aws:sns:::t'),
    });
    expect(loaded.lines).toEqual(['rule R: bus ${import:x} -> undeclared topic t']);
  });
});

const parent = `Resources:
  One: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./nested/child.yaml, Parameters: {Name: one}}}
  Two: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: nested/child.yaml, Parameters: {Name: !GetAtt One.Outputs.Bus}}}
  R: {Type: AWS::Events::Rule, Properties: {EventBusName: !GetAtt Two.Outputs.Bus, EventPattern: {source: [a]}, Targets: [{Id: t, Arn: !GetAtt One.Outputs.Queue}]}}
`;
const child = `Parameters: {Name: {Type: String}}
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: !Sub 'bus-\${Name}'}}
  Queue: {Type: AWS::SQS::Queue}
Outputs:
  Bus: {Value: !Ref Bus}
  Queue: {Value: !GetAtt Queue.Arn}
`;

describe('nested stacks', () => {
  it('have the parameters their parents give, once for each instance', () => {
    const loaded = load({ 'app/parent.yaml': parent, 'app/nested/child.yaml': child });
    expect(loaded.lines).toEqual(['rule R: bus bus-bus-one -> queue Queue']);
    expect(loaded.buses.map(({ id }) => id)).toEqual(['default', 'bus-one', 'bus-bus-one']);
    expect(loaded.templates.map(({ path }) => path)).toEqual([
      'app/parent.yaml',
      'app/nested/child.yaml',
      'app/nested/child.yaml@app/parent.yaml/Two',
    ]);
  });

  it('are read from beside the parent', () => {
    const readLocal = (path: string) =>
      path === 'app/nested/child.yaml' ? documentOf(path, child) : undefined;
    const loaded = load({ 'app/parent.yaml': parent }, { readLocal });
    expect(loaded.lines).toEqual(['rule R: bus bus-bus-one -> queue Queue']);
  });

  it('are found by what CDK notes beside the uploaded template', () => {
    const cdk = parent
      .replaceAll(
        'Properties: {TemplateURL: ./nested/child.yaml',
        "Metadata: {'aws:asset:path': child.template.yaml}, Properties: {TemplateURL: !Sub 'https://x/${AWS::Region}/1.json'",
      )
      .replaceAll('TemplateURL: nested/child.yaml', 'TemplateURL: child.template.yaml');
    const loaded = load({ 'cdk.out/a.yaml': cdk, 'cdk.out/child.template.yaml': child });
    expect(loaded.lines).toEqual(['rule R: bus bus-bus-one -> queue Queue']);
  });

  it('whose template is not at hand stay unknown, and are said to be', () => {
    const loaded = load({ 'parent.yaml': parent });
    expect(loaded.diagnostics.map(({ code }) => code)).toEqual([
      'template/nested-not-loaded',
      'template/nested-not-loaded',
    ]);
    expect(loaded.lines).toEqual([
      'rule R: bus ${res:Two.Outputs.Bus} -> undeclared other ${res:One.Outputs.Queue}',
    ]);
  });

  it('that hold each other end', () => {
    const text = (other: string): string => `Resources:
  S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ${other}, Parameters: {P: !GetAtt S.Outputs.X}}}
  R: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [a]}}}
Outputs: {X: {Value: !GetAtt S.Outputs.X}}`;
    const loaded = load({ 'a.yaml': text('b.yaml'), 'b.yaml': text('a.yaml') });
    expect(loaded.routes.length).toBeGreaterThanOrEqual(2);
  });
});
